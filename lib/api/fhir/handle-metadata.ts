import type { Handler } from "@/lib/api/handler";
import { env } from "@/lib/config/env";
import { fhirWriteScopes } from "@/lib/core/api-client/schema";
import { auditSearchParameters } from "@/lib/core/fhir/schema";
import { type FhirType, fhirTypes } from "@/lib/core/formats/fhir/schema";
import { fhirAnswer } from "./fhir-answer";

/** GET /fhir/metadata: what the FHIR interface can do (CapabilityStatement). No sign-in; it says nothing of this hospital. */
export const handleMetadata: Handler = async () => fhirAnswer(capabilityStatement(env().publicUrl));

function capabilityStatement(publicUrl: string) {
  return {
    resourceType: "CapabilityStatement",
    status: "active",
    date: "2026-11-24",
    kind: "instance",
    software: { name: "Signalbox" },
    implementation: {
      description:
        "Audit events of engines and of Signalbox itself; takes in audit events, orders, studies, reports and patients",
      url: `${publicUrl}/fhir`,
    },
    fhirVersion: "4.0.1",
    format: ["json"],
    rest: [
      {
        mode: "server",
        security: {
          cors: false,
          service: [
            {
              coding: [
                { system: "http://terminology.hl7.org/CodeSystem/restful-security-service", code: "OAuth" },
              ],
            },
          ],
          description: `Access tokens from ${publicUrl}/oauth/token (client credentials), scope system/AuditEvent.rs to read, ${fhirWriteScopes.join(", ")} to send.`,
          extension: [
            {
              url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
              extension: [{ url: "token", valueUri: `${publicUrl}/oauth/token` }],
            },
          ],
        },
        interaction: [{ code: "batch" }, { code: "transaction" }],
        resource: [
          {
            type: "AuditEvent",
            documentation:
              "IHE ITI-81, newest first; pages by the link `next`. Unknown parameters are refused. IHE ITI-20: created events are told where they can be read.",
            interaction: [{ code: "read" }, { code: "search-type" }, { code: "create" }],
            searchParam: Object.entries(auditSearchParameters)
              .filter(([name]) => !name.startsWith("_"))
              .map(([name, { type, about }]) => ({ name, type, documentation: about })),
          },
          ...fhirTypes.filter((type) => type !== "AuditEvent").map(takenIn),
        ],
      },
    ],
  };
}

/** What is taken in and never given out. */
function takenIn(type: FhirType) {
  return {
    type,
    documentation:
      "Taken in only: it cannot be read here, so a created resource has no address. An update keeps the id of its sender.",
    interaction: [{ code: "create" }, { code: "update" }],
    updateCreate: true,
    conditionalCreate: false,
  };
}
