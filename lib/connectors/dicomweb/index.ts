import type { Connector } from "../connector";
import { accountSecrets } from "../http/settings";
import { type DicomwebConfig, dicomwebConfigSchema } from "./config";
import { normalise } from "./normalise";
import { probe } from "./probe";
import { studiesStream } from "./stream-studies";

/** Any archive with DICOMweb, by searches for studies alone. */
export const dicomweb: Connector<DicomwebConfig> = {
  kind: "dicomweb",
  title: "DICOMweb archive (QIDO-RS)",
  description: "Searches the studies of the last days in any PACS or archive that offers DICOMweb.",
  config: dicomwebConfigSchema,
  secrets: accountSecrets,
  normalise,
  streams: [studiesStream],
  probe,
};
