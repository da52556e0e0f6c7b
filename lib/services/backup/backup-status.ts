import { z } from "zod";
import { newestBackupRun, setUpAt } from "@/lib/db/backup-runs";
import { readSetting } from "@/lib/db/settings";
import { query } from "../query";

const holdSchema = z.object({ since: z.iso.datetime() });
const dayMs = 24 * 60 * 60 * 1000;

export type BackupStatus = {
  readonly lastSuccessAt: Date | undefined;
  /** True when the last backup, or else the set-up, is more than 24 hours ago. */
  readonly isOverdue: boolean;
  /** Set while everything that sends is held after a restore. */
  readonly heldSince: Date | undefined;
};

/** What the overview warns of. */
export const backupStatus = query({
  permission: "overview.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ now }): Promise<BackupStatus> => {
    const [last, begun, hold] = await Promise.all([
      newestBackupRun({ succeeded: true }),
      setUpAt(),
      readSetting("sendingHold"),
    ]);
    const since = last?.startedAt ?? begun;
    const held = holdSchema.safeParse(hold);
    return {
      lastSuccessAt: last?.startedAt,
      isOverdue: since !== undefined && now.getTime() - since.getTime() > dayMs,
      heldSince: held.success ? new Date(held.data.since) : undefined,
    };
  },
});
