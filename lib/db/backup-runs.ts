import { database } from "./client";
import type { Transaction } from "./transaction";

/** One attempt to take a backup. */
export type BackupRun = {
  readonly id: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | undefined;
  readonly fileName: string | undefined;
  readonly bytes: number | undefined;
  readonly errorCode: string | undefined;
  readonly verifiedAt: Date | undefined;
};

export async function recordBackupRun(
  tx: Transaction,
  run: {
    readonly startedAt: Date;
    readonly finishedAt: Date;
    readonly fileName?: string;
    readonly bytes?: number;
    readonly errorCode?: string;
  },
): Promise<string> {
  const row = await tx.backupRun.create({
    data: {
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      fileName: run.fileName ?? null,
      bytes: run.bytes === undefined ? null : BigInt(run.bytes),
      errorCode: run.errorCode ?? null,
    },
    select: { id: true },
  });
  return row.id;
}

export async function markVerified(
  tx: Transaction,
  verified: { readonly fileName: string; readonly at: Date },
) {
  await tx.backupRun.updateMany({
    where: { fileName: verified.fileName },
    data: { verifiedAt: verified.at },
  });
}

/** Names of the files that this installation has written. */
export async function listBackupFiles(): Promise<readonly string[]> {
  const rows = await database().prisma.backupRun.findMany({
    where: { fileName: { not: null }, errorCode: null },
    select: { fileName: true },
  });
  return rows.flatMap(({ fileName }) => fileName ?? []);
}

/** The newest attempt that succeeded, or failed, as asked. */
export async function newestBackupRun(ask: { readonly succeeded: boolean }): Promise<BackupRun | undefined> {
  const row = await database().prisma.backupRun.findFirst({
    where: ask.succeeded ? { errorCode: null } : { errorCode: { not: null } },
    orderBy: { startedAt: "desc" },
  });
  if (row === null) return undefined;
  return {
    id: row.id,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt ?? undefined,
    fileName: row.fileName ?? undefined,
    bytes: row.bytes === null ? undefined : Number(row.bytes),
    errorCode: row.errorCode ?? undefined,
    verifiedAt: row.verifiedAt ?? undefined,
  };
}

/** When the first user was made; undefined before set-up. */
export async function setUpAt(): Promise<Date | undefined> {
  const row = await database().prisma.user.findFirst({
    orderBy: { createdAt: "asc" },
    select: { createdAt: true },
  });
  return row?.createdAt;
}
