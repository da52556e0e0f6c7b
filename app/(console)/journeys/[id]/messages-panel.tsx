import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { listExamMessages } from "@/lib/services/journeys/list-exam-messages";
import { MessageTable } from "../../messages/message-table";
import type { PageTime } from "../../page-time";

type MessagesPanelProps = { readonly actor: Actor; readonly id: string; readonly time: PageTime };

/** Messages with the accession of the exam, each with what its receiver answered. */
export async function MessagesPanel({ actor, id, time }: MessagesPanelProps) {
  if (!can(actor, "message.read")) return null;
  const rows = await listExamMessages(actor, { id });
  return (
    <Panel
      title="Messages"
      hint="Deliveries that carry this accession, with their acknowledgements; they name no issuer"
      state={
        rows.length > 0
          ? { kind: "ready" }
          : { kind: "empty", title: "No delivery that is kept carries this accession." }
      }
    >
      <MessageTable
        caption="Messages of this exam"
        rows={rows}
        params={time.params}
        zone={time.zone}
        now={time.now}
      />
    </Panel>
  );
}
