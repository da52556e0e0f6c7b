import type { Connector } from "../connector";
import { accountSecrets } from "../http/settings";
import { type OrthancConfig, orthancConfigSchema } from "./config";
import { normalise } from "./normalise";
import { probe } from "./probe";
import { changesStream } from "./stream-changes";
import { jobsStream } from "./stream-jobs";
import { systemStream } from "./stream-system";

/** Orthanc by its REST API, read only. */
export const orthanc: Connector<OrthancConfig> = {
  kind: "orthanc",
  title: "Orthanc",
  description:
    "Reads studies as they become complete, failed jobs, storage and health from Orthanc's REST API.",
  config: orthancConfigSchema,
  secrets: accountSecrets,
  normalise,
  streams: [changesStream, jobsStream, systemStream],
  probe,
};
