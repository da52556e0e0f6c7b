import type { Connector } from "../connector";
import { listenSecrets } from "../mllp/listen-tls";
import { type MppsConfig, mppsConfigSchema } from "./config";
import { listen } from "./listen";
import { normalise } from "./normalise";

/** Procedure steps that modalities, or the system that gets them, send here as a copy. */
export const mpps: Connector<MppsConfig> = {
  kind: "mpps",
  title: "Procedure steps (MPPS)",
  description: "Listens for what modalities tell about the begin and end of an exam (N-CREATE, N-SET).",
  config: mppsConfigSchema,
  secrets: listenSecrets,
  normalise,
  listen,
};
