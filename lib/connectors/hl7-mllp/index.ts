import type { Connector } from "../connector";
import { listenSecrets } from "../mllp/listen-tls";
import { type MllpConfig, mllpConfigSchema } from "./config";
import { listen } from "./listen";
import { normalise } from "./normalise";
import { probe } from "./probe";

/** A port for HL7 v2 over MLLP, beside the engine or behind it. */
export const hl7Mllp: Connector<MllpConfig> = {
  kind: "hl7-mllp",
  title: "HL7 v2 over MLLP",
  description:
    "A port that engines and systems send copies of their HL7 messages to, or messages meant for it.",
  config: mllpConfigSchema,
  secrets: listenSecrets,
  normalise,
  listen,
  probe,
};
