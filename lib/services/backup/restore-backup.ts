import path from "node:path";
import { env } from "@/lib/config/env";
import type { Actor } from "@/lib/core/authz/actor";
import type { BackupHead } from "@/lib/core/backup/format";
import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { loadDatabase } from "@/lib/db/backup/load";
import { readLiveLeases } from "@/lib/db/leases";
import { inTransaction } from "@/lib/db/transaction";
import { WORKER_LEASE_PREFIX } from "@/lib/services/health/report-alive";
import { witnessRestore } from "@/lib/services/own-audit/witness-head";
import { type AuditNote, authorise, leafFor } from "../command";
import { readBackup } from "./read-backup";

export type RestoredBackup = { readonly takenAt: string; readonly rows: number };

/**
 * Replaces everything by the backup, in one transaction; everything that sends is held from then on, until a person
 * has re-read its targets. A restore that is refused is audited too.
 * @throws AppError forbidden | conflict (the product runs) | not_found | bad_request (damaged, wrong key, other
 * release) and nothing is changed
 */
export async function restoreBackup(actor: Actor, file: string): Promise<RestoredBackup> {
  await authorise({ actor, permission: "backup.write" });
  const url = ownerUrl();
  await refuseWhileRunning();
  const now = new Date();
  const leaf = (outcome: "success" | "failure", detail: AuditNote["detail"] = {}) =>
    leafFor({
      actor,
      permission: "backup.write",
      now,
      note: { action: "E", entityType: "restore", entityId: path.basename(file), detail },
      outcome,
    });
  let takenAt = "";
  try {
    const audit = (head: BackupHead) => {
      takenAt = head.createdAt;
      return leaf("success", { takenAt });
    };
    const manifest = await loadDatabase({
      ownerUrl: url,
      records: readBackup(file),
      hold: { since: now, audit },
    });
    await witnessRestore(now);
    return { takenAt, rows: Object.values(manifest.rows).reduce((sum, rows) => sum + rows, 0) };
  } catch (error) {
    const errorCode = error instanceof AppError ? error.code : "internal";
    await inTransaction((tx) => appendAudit(tx, leaf("failure", { errorCode })));
    throw error;
  }
}

/** The owner's connection, which only the command line on the server has. @throws AppError not_available */
export function ownerUrl(): string {
  const url = env().databaseOwnerUrl;
  if (url === undefined) throw new AppError("not_available", "This needs DATABASE_OWNER_URL.");
  return url;
}

/** Web and worker remember which numbers interfaces have, and would go on with those of before. */
async function refuseWhileRunning(): Promise<void> {
  if ((await readLiveLeases(WORKER_LEASE_PREFIX)).length === 0) return;
  throw new AppError("conflict", "Signalbox is running. Stop it first, then restore.");
}
