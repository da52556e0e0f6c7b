import { EmptyState } from "@/components/ui/empty-state";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { NoticeView } from "@/lib/services/approvals/read-inbox";
import { ActButton } from "../admin/act-button";
import type { PageTime } from "../page-time";
import { markSeen } from "./actions";

type NoticeListProps = {
  readonly notices: readonly NoticeView[];
  readonly time: Pick<PageTime, "now" | "zone">;
};

/** What people who watch over rights should know of, newest first. */
export function NoticeList({ notices, time: { now, zone } }: NoticeListProps) {
  if (notices.length === 0) {
    return (
      <EmptyState title="There is nothing to know of.">
        Every role that discloses data of patients is told of here when it is given.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col items-start gap-3">
      {notices.some(({ isSeen }) => !isSeen) ? (
        <ActButton act={markSeen} label="Mark all as read" busyLabel="Marking…" />
      ) : null}
      <ul className="w-full border-t border-line">
        {notices.map(({ id, at, sentence, isSeen }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2">
            {isSeen ? null : <StatusWord state="notice">New</StatusWord>}
            <span className="min-w-0 max-w-[90ch] flex-1 basis-80">{sentence}</span>
            <span className="text-12 text-muted">
              <Moment at={at} now={now} zone={zone} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
