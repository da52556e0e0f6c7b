import { MessageTrack } from "@/components/message/message-track";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import { printPlace } from "@/lib/core/message/delivery-place";
import type { MessageLeg, MessageView } from "@/lib/services/messages/read-message";
import type { PageTime } from "../../page-time";

export type MessagePanelInput = { readonly view: MessageView; readonly time: PageTime };

/** The path of the message through its engine. */
export function TrackPanel({ view, time }: MessagePanelInput) {
  const { record, legs, chosen } = view;
  const source = legs.find(({ leg }) => leg.direction === "source");
  const shared = (of: MessageLeg) => ({
    key: String(of.leg.legId),
    href: hrefOf(`/messages/${printPlace(of.delivery)}`, time.params),
    isChosen: of === chosen,
    outcome: of.delivery.outcome,
    ackCode: of.delivery.ackCode,
    isFirstFailed: of.delivery.firstOutcome === "failed",
    attempts: of.delivery.attempts,
  });
  return (
    <Panel
      title="Path"
      hint="From the sender over the engine to each destination; choose a stop for its details"
    >
      <MessageTrack
        sender={record.sender ?? "Sender"}
        received={
          <Moment
            at={chosen.delivery.receivedAt}
            now={time.now}
            zone={time.zone}
            show="absolute"
            withSeconds
          />
        }
        engine={record.name}
        intake={source ? { ...shared(source), latencyMs: source.delivery.latencyMs } : undefined}
        stops={legs
          .filter(({ leg }) => leg.direction === "destination")
          .map((of) => ({
            ...shared(of),
            name: of.leg.name,
            waitMs: of.delivery.waitMs,
            partnerMs: of.delivery.partnerMs,
          }))}
      />
    </Panel>
  );
}
