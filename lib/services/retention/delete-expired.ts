import type { Json } from "@/lib/core/audit/canonical-json";
import { type RetentionKind, retentionEntity } from "@/lib/core/retention/kinds";
import { appendAudit } from "@/lib/db/audit";
import { deleteClosedExams } from "@/lib/db/clinical-retention";
import {
  type Deletion,
  deleteExpiredFacts,
  deleteGaugeHours,
  deleteSettledLetters,
} from "@/lib/db/retention";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { leafFor } from "@/lib/services/command";
import { tablesOf } from "./tables";

/**
 * Deletes what of one kind lies before an instant, but for what is on hold, and writes one audit line in the same
 * transaction that counts it. A run that finds nothing to delete leaves no line: it would be one every hour.
 */
export async function deleteExpired(ask: {
  readonly kind: Exclude<RetentionKind, "days" | "disclosures" | "ownAudit">;
  readonly before: Date;
  readonly now: Date;
}): Promise<Deletion> {
  const { kind, now } = ask;
  return inTransaction(async (tx) => {
    const done = await deleteKind(tx, ask);
    if (done.deleted === 0) return done;
    const note = {
      action: "D",
      entityType: retentionEntity,
      entityId: kind,
      detail: detailOf(done),
    } as const;
    const actor = { kind: "system", name: "retention" } as const;
    await appendAudit(tx, leafFor({ actor, permission: "setting.write", now, note, outcome: "success" }));
    return done;
  });
}

function deleteKind(
  tx: Transaction,
  ask: { readonly kind: RetentionKind; readonly before: Date },
): Promise<Deletion> {
  if (ask.kind === "deadLetters") return deleteSettledLetters(tx, ask.before);
  return ask.kind === "clinicalFacts" ? deleteClosedExams(tx, ask.before) : deleteFacts(tx, ask);
}

async function deleteFacts(
  tx: Transaction,
  ask: { readonly kind: RetentionKind; readonly before: Date },
): Promise<Deletion> {
  let sum: Deletion = { deleted: 0, held: 0, oldest: undefined, newest: undefined };
  for (const table of tablesOf(ask.kind))
    sum = add(sum, await deleteExpiredFacts(tx, { table, before: ask.before }));
  if (ask.kind === "hours") await deleteGaugeHours(tx, ask.before);
  return sum;
}

function add(a: Deletion, b: Deletion): Deletion {
  const instants = [a.oldest, a.newest, b.oldest, b.newest].flatMap((at) => at?.getTime() ?? []);
  const isAny = instants.length > 0;
  return {
    deleted: a.deleted + b.deleted,
    held: a.held + b.held,
    oldest: isAny ? new Date(Math.min(...instants)) : undefined,
    newest: isAny ? new Date(Math.max(...instants)) : undefined,
  };
}

function detailOf({ deleted, held, oldest, newest }: Deletion): Readonly<Record<string, Json>> {
  return { deleted, held, from: oldest?.toISOString() ?? null, to: newest?.toISOString() ?? null };
}
