import { Callout } from "@/components/ui/banner";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { backupStatus } from "@/lib/services/backup/backup-status";
import { readBackupRuns } from "@/lib/services/backup/read-backup-runs";
import type { PageTime } from "../page-time";
import { ActButton } from "./act-button";
import { backUpNow, release } from "./actions";
import { AskButton } from "./ask-button";
import { BackupResult } from "./backup-result";
import { RefreshWhile } from "./refresh-while";

type BackupPanelProps = { readonly actor: Actor; readonly time: Pick<PageTime, "now" | "zone"> };

/** When everything was last saved, and what is held after a restore. */
export async function BackupPanel({ actor, time: { now, zone } }: BackupPanelProps) {
  const [{ isOverdue, heldSince }, runs] = await Promise.all([
    backupStatus(actor, {}),
    readBackupRuns(actor, {}),
  ]);
  const isUnderWay = runs.askedAt !== undefined;
  return (
    <Panel
      title="Backups"
      hint="Online, encrypted with the keys file, once a day by itself. Keep the keys file elsewhere: without it a backup cannot be read."
      actions={
        <>
          <RefreshWhile isUnderWay={isUnderWay} />
          <ActButton act={backUpNow} label="Back up now" busyLabel="Backing up…" isUnderWay={isUnderWay} />
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {heldSince ? (
          <Callout
            tone="critical"
            title="Everything that sends is held"
            actions={
              can(actor, "setting.write") ? (
                <AskButton
                  act={release}
                  label="Release the hold"
                  busyLabel="Releasing…"
                  title="Have its targets been read again?"
                >
                  <p>
                    After a restore, addresses may be those of another day. Go on only when a person has read
                    every target again.
                  </p>
                </AskButton>
              ) : null
            }
          >
            A backup was restored on <Moment at={heldSince} now={now} zone={zone} />. Nothing is sent until a
            person has re-read where it goes.
          </Callout>
        ) : null}
        <BackupResult runs={runs} isOverdue={isOverdue} time={{ now, zone }} />
      </div>
    </Panel>
  );
}
