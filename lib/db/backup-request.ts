import { backupRequestKey, backupRequestSchema } from "@/lib/core/backup/schema";
import { database } from "./client";
import { removeSetting } from "./settings";
import { inTransaction, type Transaction } from "./transaction";

/** Since when a backup is wished for or being taken at a person's wish; undefined when none is. */
export async function readBackupRequest(): Promise<Date | undefined> {
  const row = await database().prisma.setting.findUnique({ where: { key: backupRequestKey } });
  return row === null ? undefined : new Date(backupRequestSchema.parse(row.value).askedAt);
}

/** Leaves the wish for the worker; one that is there already stays as it is. */
export async function addBackupRequest(tx: Transaction, askedAt: Date): Promise<void> {
  await tx.setting.createMany({
    data: [{ key: backupRequestKey, value: { askedAt: askedAt.toISOString() } }],
    skipDuplicates: true,
  });
}

/** The wish is fulfilled, or has failed. */
export async function removeBackupRequest(): Promise<void> {
  await inTransaction((tx) => removeSetting(tx, backupRequestKey));
}
