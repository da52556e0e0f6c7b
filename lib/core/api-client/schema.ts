import { z } from "zod";
import { overlapSchema } from "@/lib/core/access-token/schema";
import type { FhirType } from "@/lib/core/formats/fhir/schema";
import { instantSchema } from "@/lib/core/message/instant-schema";

/** SMART system scopes with which resources of one type are sent over FHIR. */
export const fhirWriteScopes = [
  "system/AuditEvent.c",
  "system/ServiceRequest.c",
  "system/ImagingStudy.c",
  "system/DiagnosticReport.c",
  "system/Patient.c",
] as const satisfies readonly `system/${FhirType}.c`[];

/** What an API client may ask for: pushing for one source, also over FHIR, and reading audit events over FHIR. */
export const clientScopes = ["signalbox/ingest.write", ...fhirWriteScopes, "system/AuditEvent.rs"] as const;

/** What it takes to push for a source: over FHIR alone, or whatever it has to say. */
export function pushScopes(kind: string): readonly (typeof clientScopes)[number][] {
  return kind === "fhir-push" ? fhirWriteScopes : ["signalbox/ingest.write"];
}

/** Whether these scopes let their holder send resources of a type: by its own, or by the one that lets push all. */
export function maySendFhir(scopes: readonly string[], type: FhirType): boolean {
  return scopes.includes("signalbox/ingest.write") || scopes.includes(`system/${type}.c`);
}

/** Seconds that an access token lives. */
export const ACCESS_LIFETIME_S = 900;

export const createClientSchema = z
  .object({
    /** Says to people which program it is. */
    name: z.string().trim().min(1).max(100),
    scopes: z
      .array(z.enum(clientScopes))
      .min(1)
      .transform((scopes) => [...new Set(scopes)]),
    sourceId: z.coerce.number().int().positive().optional(),
    expiresAt: instantSchema.optional(),
  })
  .refine(({ scopes, sourceId }) => !scopes.some(isForSource) || sourceId !== undefined, {
    path: ["sourceId"],
    message: "is needed for pushing",
  });

function isForSource(scope: (typeof clientScopes)[number]): boolean {
  return scope !== "system/AuditEvent.rs";
}

export const rotateClientSchema = z.object({ clientId: z.uuid(), overlapHours: overlapSchema });

export const revokeClientSchema = z.object({ clientId: z.uuid() });

/** The parameters of a token request (RFC 6749, 4.4.2) that are read; others are ignored (3.2). */
export const tokenRequestSchema = z.object({
  grant_type: z.string(),
  scope: z.string().max(500).optional(),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(200).optional(),
});

/** A client as it may be shown: its secret is known to its program alone. */
export type ApiClient = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly sourceId: number | undefined;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly lastUsedAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  readonly revokedAt: Date | undefined;
  readonly previousUntil: Date | undefined;
};
