import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/config/env";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { loadDatabase } from "@/lib/db/backup/load";
import { withScratchDatabase } from "@/lib/db/backup/scratch";
import { compareTotals, type TotalsComparison } from "@/lib/db/backup/verify";
import { markVerified } from "@/lib/db/backup-runs";
import { authorise, command } from "../command";
import { backupFolder, listBackups } from "./backup-folder";
import { readBackup } from "./read-backup";
import { ownerUrl } from "./restore-backup";

export type VerifiedBackup = TotalsComparison & { readonly file: string; readonly rows: number };

/**
 * Restores a backup (the newest unless a file is named) into a scratch database, compares its random totals, and
 * drops it. @throws AppError not_found | bad_request when it cannot be restored
 */
export async function verifyBackup(actor: Actor, given?: string): Promise<VerifiedBackup> {
  await authorise({ actor, permission: "backup.write" });
  const file = given ?? (await newestBackup());
  const urls = { ownerUrl: ownerUrl(), appUrl: env().databaseUrl ?? ownerUrl() };
  const verified = await withScratchDatabase(urls, async (scratchUrl) => {
    const manifest = await loadDatabase({ ownerUrl: scratchUrl, records: readBackup(file) });
    const comparison = await compareTotals(scratchUrl, manifest);
    return { file, rows: Object.values(manifest.rows).reduce((sum, rows) => sum + rows, 0), ...comparison };
  });
  await recordVerification(actor, { fileName: path.basename(file), different: verified.different });
  return verified;
}

const recordVerification = command({
  permission: "backup.write",
  input: z.object({ fileName: z.string(), different: z.int() }),
  run: async ({ tx, input, now }) => {
    if (input.different === 0) await markVerified(tx, { fileName: input.fileName, at: now });
  },
  audit: ({ input }) => ({
    action: "E",
    entityType: "backup-verification",
    entityId: input.fileName,
    detail: { different: input.different },
  }),
});

async function newestBackup(): Promise<string> {
  const [newest] = await listBackups();
  if (newest === undefined) throw new AppError("not_found", "There is no backup yet.");
  return path.join(backupFolder(), newest);
}
