import path from "node:path";
import { env } from "@/lib/config/env";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { loadDatabase } from "@/lib/db/backup/load";
import { authorise, leafFor } from "../command";
import { readBackup } from "./read-backup";

/**
 * Replaces everything by the backup, in one transaction; everything that sends is held from then on, until a person
 * has re-read its targets.
 * @throws AppError forbidden | bad_request (damaged, wrong key, other version) and nothing is changed
 */
export async function restoreBackup(actor: Actor, file: string): Promise<{ readonly rows: number }> {
  await authorise({ actor, permission: "backup.write" });
  const now = new Date();
  const audit = leafFor({
    actor,
    permission: "backup.write",
    now,
    note: { action: "E", entityType: "restore", entityId: path.basename(file) },
    outcome: "success",
  });
  const manifest = await loadDatabase({
    ownerUrl: ownerUrl(),
    records: readBackup(file),
    hold: { since: now, audit },
  });
  return { rows: Object.values(manifest.rows).reduce((sum, rows) => sum + rows, 0) };
}

/** The owner's connection, which only the command line on the server has. @throws AppError not_available */
export function ownerUrl(): string {
  const url = env().databaseOwnerUrl;
  if (url === undefined) throw new AppError("not_available", "This needs DATABASE_OWNER_URL.");
  return url;
}
