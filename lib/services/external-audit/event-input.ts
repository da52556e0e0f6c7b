import { z } from "zod";
import type { AuditFilter } from "@/lib/core/audit/external-event";
import { auditActions, auditOutcomes } from "@/lib/core/message/schema";

const shortText = z.string().max(100);

/** An AuditFilter from outside. */
export const auditFilterSchema = z
  .object({
    sourceId: z.int().positive().optional(),
    person: shortText.optional(),
    event: shortText.optional(),
    action: z.enum(auditActions).optional(),
    outcome: z.enum(auditOutcomes).optional(),
    object: shortText.optional(),
    own: z.literal("shown").optional(),
  })
  .transform(
    (filter): AuditFilter =>
      Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
  );
