import { Callout } from "@/components/ui/banner";
import { formatBytes } from "@/components/ui/format-bytes";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { BackupRuns } from "@/lib/services/backup/read-backup-runs";
import type { PageTime } from "../page-time";

type BackupResultProps = {
  readonly runs: BackupRuns;
  readonly isOverdue: boolean;
  readonly time: Pick<PageTime, "now" | "zone">;
};

/** What came of the newest backups, said aloud when it changes; and what keeps one from beginning. */
export function BackupResult({ runs, isOverdue, time: { now, zone } }: BackupResultProps) {
  const { askedAt, isWorkerRunning, lastSuccess, failedSince } = runs;
  return (
    <>
      {askedAt && !isWorkerRunning ? (
        <Callout tone="warning" title="No worker is running">
          Backups are taken by a worker. This one begins as soon as a worker runs.
        </Callout>
      ) : null}
      <div aria-live="polite">
        <KeyValueList
          items={[
            {
              key: "Last backup",
              value: lastSuccess ? (
                <>
                  <Moment at={lastSuccess.startedAt} now={now} zone={zone} />
                  {lastSuccess.bytes === undefined ? null : `, ${formatBytes(lastSuccess.bytes)}`}
                </>
              ) : (
                "none yet"
              ),
            },
            {
              key: "State",
              value: <StateWord isUnderWay={askedAt !== undefined} isOverdue={isOverdue} />,
            },
            ...(failedSince
              ? [
                  {
                    key: "Last attempt",
                    value: (
                      <>
                        <StatusWord state="critical">Failed</StatusWord>{" "}
                        <Moment at={failedSince.startedAt} now={now} zone={zone} />. The worker's log says
                        why.
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
    </>
  );
}

function StateWord({ isUnderWay, isOverdue }: { readonly isUnderWay: boolean; readonly isOverdue: boolean }) {
  if (isUnderWay) return <StatusWord state="notice">Backing up…</StatusWord>;
  if (isOverdue) return <StatusWord state="warning">More than 24 hours ago</StatusWord>;
  return <StatusWord state="ok">In time</StatusWord>;
}
