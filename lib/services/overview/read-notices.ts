import { z } from "zod";
import type { TrailAges } from "@/lib/core/audit/lateness";
import { can } from "@/lib/core/authz/policy";
import { retainedFrom } from "@/lib/core/metric/retention";
import { countUnreviewedUses } from "@/lib/db/emergency";
import { type HistoryReach, readHistoryReach } from "@/lib/db/history-reach";
import { type BackupStatus, backupStatus } from "@/lib/services/backup/backup-status";
import { type DemoView, readDemo } from "@/lib/services/demo/read-demo";
import { trailAges } from "@/lib/services/own-audit/trail-ages";
import { query } from "@/lib/services/query";

/** What concerns every page. */
export type Notices = {
  readonly demo: DemoView | undefined;
  readonly backup: BackupStatus;
  /** Set while older messages of some interfaces are still being read. */
  readonly history: HistoryReach | undefined;
  readonly audit: TrailAges;
  /** Uses of emergency accounts that nobody has looked into, for whoever does; 0 for others. */
  readonly emergencies: { readonly count: number; readonly newest: Date | undefined };
};

const DAY_MS = 86_400_000;

/** Demo data, a missing backup, held sending, incomplete history, an audit trail that is not sealed, emergency accounts in use. @throws AppError forbidden */
export const readNotices = query({
  permission: "overview.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ actor, now, reach }): Promise<Notices> => {
    // A day short of what is kept counts as complete: the oldest day is about to go anyway.
    const wantedFrom = new Date(retainedFrom("deliveries", now).getTime() + DAY_MS);
    const [demo, backup, history, audit, emergencies] = await Promise.all([
      readDemo(actor, {}),
      backupStatus(actor, {}),
      readHistoryReach(wantedFrom, reach),
      trailAges(),
      can(actor, "break-glass.review") ? countUnreviewedUses() : { count: 0, newest: undefined },
    ]);
    return { demo, backup, history, audit, emergencies };
  },
});
