import type { Connector } from "../connector";
import { type MirthConfig, mirthConfigSchema } from "./config";
import { content } from "./content";
import { normalise } from "./normalise";
import { probe } from "./probe";
import { REPLAY_SECRET, replay } from "./replay";
import { eventsStream } from "./stream-events";
import { messagesStream } from "./stream-messages";
import { statusStream } from "./stream-status";
import { systemStream } from "./stream-system";

/** Mirth Connect 3.8 to 4.5.2, Open Integration Engine, BridgeLink: their administration API; read, but for sending again. */
export const mirth: Connector<MirthConfig> = {
  kind: "mirth",
  title: "Mirth Connect / Open Integration Engine",
  description:
    "Reads channels, message outcomes, queues and the audit log from the engine's administration API.",
  config: mirthConfigSchema,
  secrets: [
    {
      name: "password",
      title: "Password",
      description: "Of the account above; kept encrypted.",
      required: true,
    },
    {
      name: REPLAY_SECRET,
      title: "Password for sending again",
      description: "Of the account for sending again; kept encrypted.",
      required: false,
    },
  ],
  normalise,
  streams: [statusStream, messagesStream, eventsStream, systemStream],
  probe,
  content,
  replay,
};
