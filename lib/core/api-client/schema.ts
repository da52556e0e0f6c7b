import { z } from "zod";
import { overlapSchema } from "@/lib/core/access-token/schema";
import { instantSchema } from "@/lib/core/message/instant-schema";

/** What an API client may ask for: pushing for one source, and reading audit events over FHIR (SMART system scope). */
export const clientScopes = ["signalbox/ingest.write", "system/AuditEvent.rs"] as const;

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
  .refine(({ scopes, sourceId }) => !scopes.includes("signalbox/ingest.write") || sourceId !== undefined, {
    path: ["sourceId"],
    message: "is needed for pushing",
  });

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
