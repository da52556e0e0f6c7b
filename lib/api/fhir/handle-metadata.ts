import type { Handler } from "@/lib/api/handler";
import { env } from "@/lib/config/env";
import { auditSearchParameters } from "@/lib/core/fhir/schema";
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
      description: "Audit events of engines and of Signalbox itself",
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
          description: `Access tokens from ${publicUrl}/oauth/token (client credentials), scope system/AuditEvent.rs.`,
          extension: [
            {
              url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
              extension: [{ url: "token", valueUri: `${publicUrl}/oauth/token` }],
            },
          ],
        },
        resource: [
          {
            type: "AuditEvent",
            documentation:
              "IHE ITI-81. Newest first; pages by the link `next`. Unknown parameters are refused.",
            interaction: [{ code: "read" }, { code: "search-type" }],
            searchParam: Object.entries(auditSearchParameters)
              .filter(([name]) => !name.startsWith("_"))
              .map(([name, { type, about }]) => ({ name, type, documentation: about })),
          },
        ],
      },
    ],
  };
}
