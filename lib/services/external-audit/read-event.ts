import { z } from "zod";
import { printEventPlace } from "@/lib/core/audit/external-event";
import { type MaskedAttribute, maskAttributes } from "@/lib/core/audit/mask-attributes";
import { AppError } from "@/lib/core/errors";
import { open } from "@/lib/crypto/seal";
import { type ExternalEvent, readExternalEvent } from "@/lib/db/external-audit-read";
import { AUDIT_ATTRIBUTES_PURPOSE } from "@/lib/ingest/store-audit-events";
import { query } from "@/lib/services/query";

export type AuditEventDetail = {
  readonly event: ExternalEvent;
  readonly attributes: readonly MaskedAttribute[];
};

const attributesSchema = z.record(z.string(), z.string());

/**
 * One audit event with its attributes, masked. Opening them is noted: they may hold patient data.
 * @throws AppError forbidden | bad_request | not_found
 */
export const readEvent = query({
  permission: "external-audit.read",
  input: z.object({
    sourceId: z.int().positive(),
    at: z.date(),
    id: z.string().regex(/^-?\d{1,19}$/),
  }),
  disclosesPhi: (place) => ({
    action: "R",
    entityType: "external-audit-event",
    entityId: printEventPlace(place),
  }),
  run: async ({ input }): Promise<AuditEventDetail> => {
    const row = await readExternalEvent(input);
    if (row === undefined) throw new AppError("not_found", "There is no such audit event.");
    const { keyId, attributes, ...event } = row;
    const sealed = keyId === null || attributes === null ? undefined : { keyId, bytes: attributes };
    const text = sealed ? open(sealed, AUDIT_ATTRIBUTES_PURPOSE).toString("utf8") : "{}";
    return { event, attributes: maskAttributes(attributesSchema.parse(JSON.parse(text))) };
  },
});
