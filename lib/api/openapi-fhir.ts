import { fhirWriteScopes } from "@/lib/core/api-client/schema";
import { type FhirType, fhirTypes } from "@/lib/core/formats/fhir/schema";

/** The paths on which FHIR R4 is taken in; `/fhir/metadata` says the same in FHIR's own words. */
export function fhirPaths(): Readonly<Record<string, object>> {
  const updated = fhirTypes.filter((type) => type !== "AuditEvent");
  return {
    "/fhir": {
      post: sending("sendBundle", "Send a Bundle: batch, transaction, collection or message.", "Bundle"),
    },
    ...Object.fromEntries(fhirTypes.map((type) => [`/fhir/${type}`, { post: creating(type) }])),
    ...Object.fromEntries(updated.map((type) => [`/fhir/${type}/{id}`, { put: updating(type) }])),
  };
}

function creating(type: FhirType) {
  return sending(`create${type}`, `Send one resource of the type ${type}.`, type);
}

function updating(type: FhirType) {
  const operation = sending(`update${type}`, `Send a ${type} as its sender keeps it under this id.`, type);
  const id = { name: "id", in: "path", required: true, schema: { type: "string", maxLength: 64 } };
  return { ...operation, parameters: [id] };
}

function sending(operationId: string, summary: string, type: string) {
  const scopes = fhirWriteScopes.filter((scope) => type === "Bundle" || scope === `system/${type}.c`);
  const resource = {
    type: "object",
    required: ["resourceType"],
    properties: { resourceType: { const: type } },
  };
  const outcome = (description: string) => ({ description, content: { "application/fhir+json": {} } });
  return {
    operationId,
    summary,
    security: [{ sourceToken: ["signalbox/ingest.write", ...scopes] }],
    requestBody: { required: true, content: { "application/fhir+json": { schema: resource } } },
    responses: {
      "200": outcome("Known already, or nothing of it is kept; of a bundle, the outcome of each entry."),
      ...(type === "Bundle"
        ? {}
        : { "201": outcome("Stored. An audit event is told where it can be read.") }),
      "400": outcome("It could not be read, or was sent to the wrong address."),
      "401": outcome("The token is missing or not valid."),
      "403": outcome("The token does not let send this."),
      "409": outcome("The same version is known with another content."),
      "413": outcome("It is too large."),
      "415": outcome("It is not JSON of FHIR in UTF-8."),
      "422": outcome("It could not be understood, and was kept as a dead letter."),
      "429": outcome("Too many requests; wait as Retry-After says."),
      "503": outcome("Not able to store just now; send it again."),
    },
  };
}
