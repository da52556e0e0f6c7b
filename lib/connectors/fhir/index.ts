import type { Connector } from "../connector";
import { accountSecrets } from "../http/settings";
import { type FhirConfig, fhirConfigSchema } from "./config";
import { normalise } from "./normalise";
import { probe } from "./probe";
import { resourcesStream } from "./stream-resources";
import { serverStream } from "./stream-server";

/** Any FHIR R4 server, by searches for what was written since the last. */
export const fhir: Connector<FhirConfig> = {
  kind: "fhir",
  title: "FHIR R4 server",
  description: "Reads orders, studies, reports, patients and audit events from a FHIR R4 server.",
  config: fhirConfigSchema,
  secrets: [
    ...accountSecrets,
    {
      name: "clientSecret",
      title: "Client secret",
      description: "Of the client with which tokens are asked for; kept encrypted.",
      required: false,
    },
  ],
  normalise,
  streams: [
    serverStream,
    resourcesStream("ServiceRequest", "orders"),
    resourcesStream("ImagingStudy", "studies"),
    resourcesStream("DiagnosticReport", "reports"),
    resourcesStream("Patient", "patients"),
    resourcesStream("AuditEvent", "audit-events"),
  ],
  probe,
};
