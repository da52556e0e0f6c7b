import type { Column } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { printPlace } from "@/lib/core/message/delivery-place";
import { isSameMessage } from "@/lib/core/message/witness";
import type { MessageRow } from "@/lib/services/messages/name-legs";
import type { MessageView } from "@/lib/services/messages/read-message";
import { MessageTable } from "../message-table";
import type { MessagePanelInput } from "./track-panel";

type Related = MessageRow & { readonly relation: string };

/** Replays, the message this one repeats, the same message as other sources saw it, and others with its control id. */
export function RelatedPanel({ view, time }: MessagePanelInput) {
  const rows = relatedOf(view);
  return (
    <Panel
      title="Related"
      hint="Replays, and messages with the same control id within a week on any interface"
      state={
        rows.length > 0
          ? { kind: "ready" }
          : { kind: "empty", title: "No other message belongs to this one." }
      }
    >
      <MessageTable
        caption="Related messages"
        rows={rows}
        more={[relation]}
        params={time.params}
        zone={time.zone}
        now={time.now}
      />
    </Panel>
  );
}

const relation: Column<Related> = { key: "relation", head: "Relation", cell: (row) => row.relation };

/** Each delivery once, under its closest relation. */
function relatedOf({ record, chosen, original, replays, sameControlId }: MessageView): readonly Related[] {
  const here = { ...chosen.delivery, sourceId: record.sourceId };
  const all: readonly Related[] = [
    ...(original ? [{ ...original, relation: "original" }] : []),
    ...replays.map((row) => ({ ...row, relation: "replay" })),
    ...sameControlId.map((row) => ({
      ...row,
      relation: isSameMessage(here, row) ? "seen by another source" : "same control id",
    })),
  ];
  return all.filter((row, i) => all.findIndex((other) => printPlace(other) === printPlace(row)) === i);
}
