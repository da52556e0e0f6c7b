import { OutcomeWord } from "@/components/message/outcome-word";
import { CopyableId } from "@/components/ui/copyable-id";
import { formatCount } from "@/components/ui/format-number";
import { type KeyValueItem, KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { AckCode } from "@/lib/core/message/outcome";
import { formatDuration } from "@/lib/core/time/format";
import type { MessageLeg } from "@/lib/services/messages/read-message";
import { identifierItems } from "./identifier-items";
import type { MessagePanelInput } from "./track-panel";

/** Attempts, acknowledgement, times and identifiers of the chosen delivery. */
export function DeliveryPanel({ view, time }: MessagePanelInput) {
  const { chosen } = view;
  const { leg, delivery } = chosen;
  const moment = (at: Date | null) =>
    at ? (
      <Moment at={at} now={time.now} zone={time.zone} withSeconds />
    ) : (
      <span className="text-muted">—</span>
    );
  return (
    <Panel title={leg.direction === "source" ? "On the way in" : `To ${leg.name}`}>
      <div className="@container">
        <div className="grid gap-x-10 gap-y-4 @min-[46rem]:grid-cols-2 @min-[70rem]:grid-cols-3">
          <KeyValueList
            items={[...outcomeItems(chosen), { key: "Acknowledgement", value: ackText(delivery.ackCode) }]}
          />
          <KeyValueList
            items={[
              { key: "Received", value: moment(delivery.receivedAt) },
              ...(isSame(delivery.startedAt, delivery.receivedAt)
                ? []
                : [{ key: "Processed anew from", value: moment(delivery.startedAt) }]),
              { key: "Sent, last attempt", value: moment(delivery.sentAt) },
              { key: "Answered", value: moment(delivery.ackedAt) },
              { key: "Latency", value: latencyText(chosen) },
              { key: "Read by Signalbox", value: moment(delivery.ingestedAt) },
            ]}
          />
          <KeyValueList items={identifierItems(view)} />
        </div>
      </div>
    </Panel>
  );
}

function outcomeItems({ delivery }: MessageLeg): readonly KeyValueItem[] {
  const { outcome, firstOutcome, firstInferred, state, attempts, replayOf } = delivery;
  const first = firstOutcome ?? (outcome === "pending" ? "not finished yet" : "not told");
  return [
    { key: "Outcome", value: <OutcomeWord outcome={outcome} isFirstFailed={firstOutcome === "failed"} /> },
    { key: "State at the engine", value: state },
    { key: "First attempt", value: `${first}${firstInferred ? " (inferred from the attempts)" : ""}` },
    { key: "Attempts", value: formatCount(attempts) },
    ...(replayOf
      ? [{ key: "Repeats message", value: <CopyableId value={replayOf} kind="engine message id" /> }]
      : []),
  ];
}

// HL7 table 0008.
const ackMeanings: Readonly<Record<AckCode, string>> = {
  AA: "AA, accepted",
  AE: "AE, application error",
  AR: "AR, application reject",
  CA: "CA, commit accept",
  CE: "CE, commit error",
  CR: "CR, commit reject",
};

function ackText(code: AckCode | null): string {
  return code === null ? "none known" : ackMeanings[code];
}

function latencyText({ delivery: { latencyMs, waitMs, partnerMs, clockSuspect } }: MessageLeg): string {
  if (clockSuspect) return "not counted: the clocks of its times run backwards";
  const parts = [
    waitMs === null ? "" : `${formatDuration(waitMs)} until sent`,
    partnerMs === null ? "" : `${formatDuration(partnerMs)} for the partner`,
  ].filter(Boolean);
  return `${formatDuration(latencyMs)}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`;
}

function isSame(a: Date | null, b: Date): boolean {
  return a === null || a.getTime() === b.getTime();
}
