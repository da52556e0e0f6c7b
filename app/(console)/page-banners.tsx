import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { isMailLate, isSealingLate, isWitnessLate } from "@/lib/core/audit/lateness";
import { formatAgo, formatMoment } from "@/lib/core/time/format";
import type { Notices } from "@/lib/services/overview/read-notices";

type PageBannersProps = { readonly notices: Notices; readonly zone: string; readonly now: Date };

/** Lines across every page: made-up data, held sending, no backup, an audit trail left open, history still being read. */
export function PageBanners({
  notices: { demo, backup, history, audit, emergencies },
  zone,
  now,
}: PageBannersProps) {
  const moment = (at: Date) => formatMoment({ at, zone, now });
  return (
    <>
      {demo ? (
        <Banner tone="notice">
          <strong>Demo hospital — made-up data.</strong>{" "}
          {demo.phase === "history" ? `Its past is being made: ${Math.floor(demo.progress * 100)} %.` : ""}
        </Banner>
      ) : null}
      {emergencies.newest ? (
        <Banner tone="critical" actions={<LinkButton href="/admin/single-sign-on">Find out why</LinkButton>}>
          An emergency account was used {moment(emergencies.newest)}
          {emergencies.count > 1 ? `, ${emergencies.count} uses in all` : ""}: it waits for a review.
        </Banner>
      ) : null}
      {backup.heldSince ? (
        <Banner tone="critical" actions={<LinkButton href="/admin">Check and release</LinkButton>}>
          Sending is held since the restore of {moment(backup.heldSince)}, until a person has re-read its
          targets.
        </Banner>
      ) : null}
      {backup.isOverdue && !demo ? (
        <Banner tone="warning">
          {backup.lastSuccessAt
            ? `The last backup succeeded ${formatAgo({ at: backup.lastSuccessAt, now })}.`
            : "No backup has been made yet."}{" "}
          Set SIGNALBOX_BACKUP_DIR to a folder on another disk and one is made every day.
        </Banner>
      ) : null}
      {isSealingLate(audit) ? (
        <Banner tone="critical" actions={<LinkButton href="/audit/trail">Look at the trail</LinkButton>}>
          The audit trail is not being sealed: what happens now could be changed unseen.
        </Banner>
      ) : null}
      {isWitnessLate(audit) ? (
        <Banner tone="warning" actions={<LinkButton href="/audit/trail">Look at the trail</LinkButton>}>
          The audit trail was not witnessed outside the database for more than an hour. See whether the
          witness file can be written.
        </Banner>
      ) : null}
      {isMailLate(audit) ? (
        <Banner tone="warning">
          The head of the audit trail could not be sent by e-mail for more than two hours. The worker's log
          says why.
        </Banner>
      ) : null}
      {history ? (
        <Banner tone="notice">
          Older messages are still being read: complete back to {moment(history.completeBackTo)}
          {history.interfaces === 1 ? " on one interface." : ` on ${history.interfaces} interfaces.`}
        </Banner>
      ) : null}
    </>
  );
}
