import type { Connector } from "../connector";
import { listenSecrets } from "../mllp/listen-tls";
import { type AtnaConfig, atnaConfigSchema } from "./config";
import { listen } from "./listen";
import { normalise } from "./normalise";
import { probe } from "./probe";

/** A port for the audit trails of PACS, archives and registries: IHE ATNA, Record Audit Event (ITI-20). */
export const atnaSyslog: Connector<AtnaConfig> = {
  kind: "atna-syslog",
  title: "ATNA audit over syslog",
  description: "A port that PACS, archives and registries send their audit messages to.",
  config: atnaConfigSchema,
  secrets: listenSecrets,
  normalise,
  listen,
  probe,
};
