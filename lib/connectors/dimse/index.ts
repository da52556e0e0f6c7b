import type { Connector } from "../connector";
import { type DimseConfig, dimseConfigSchema } from "./config";
import { normalise } from "./normalise";
import { probe } from "./probe";
import { echoStream } from "./stream-echo";
import { searchStream } from "./stream-search";

/** Any archive or worklist server by C-ECHO and C-FIND. */
export const dimse: Connector<DimseConfig> = {
  kind: "dimse",
  title: "PACS or worklist by DICOM (C-ECHO, C-FIND)",
  description:
    "Asks any PACS whether it answers, and searches the studies and scheduled steps of the last days.",
  config: dimseConfigSchema,
  secrets: [],
  normalise,
  streams: [echoStream, searchStream("studies"), searchStream("worklist")],
  probe,
};
