import type { FeedEvent } from "@/lib/core/fhir/audit-event";
import { auditSearchSchema } from "@/lib/core/fhir/schema";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { readAuditFeed } from "@/lib/db/audit-feed";
import { authorise } from "@/lib/services/command";
import { query } from "@/lib/services/query";

export type AuditFeedPage = {
  readonly events: readonly FeedEvent[];
  readonly hasMore: boolean;
  /** Of the patient that was asked for, hexadecimal: stands for the identifier wherever that must not be written. */
  readonly patientRef: string | undefined;
};

/**
 * Audit events of the engines and of the product itself, newest first (ITI-81). The search is itself audited, by the
 * names of its parameters. Input: { params, now }. @throws AppError forbidden | bad_request naming the parameters
 */
export const searchAudit = query({
  permission: "audit.read",
  input: auditSearchSchema,
  disclosesPhi: (search) => ({
    action: "E",
    entityType: "audit-event-search",
    entityId: "",
    detail: {
      parameters: Object.keys(search).sort(),
      from: search.range.from.toISOString(),
      to: search.range.to.toISOString(),
    },
  }),
  run: async ({ actor, input }): Promise<AuditFeedPage> => {
    await authorise({ actor, permission: "external-audit.read" });
    const { patient, ...search } = input;
    const ref = patient ? patientRef(patient).toString("hex") : search.patientRef;
    const rows = await readAuditFeed({ ...search, ...(ref ? { patientRef: ref } : {}) }, search.count + 1);
    return { events: rows.slice(0, search.count), hasMore: rows.length > search.count, patientRef: ref };
  },
});
