import type { Connector } from "../connector";
import { type FilesConfig, filesConfigSchema } from "./config";
import { normalise } from "./normalise";
import { probe } from "./probe";
import { recordsStream } from "./stream-records";

/** Whatever another system writes into files: Corepoint, Cloverleaf, Iguana and all that have no interface of their own. */
export const files: Connector<FilesConfig> = {
  kind: "files",
  title: "Files: CSV, NDJSON, log lines",
  description:
    "Reads message outcomes from files in a folder, such as the exports and logs of engines without an API.",
  config: filesConfigSchema,
  secrets: [],
  normalise,
  streams: [recordsStream],
  probe,
};
