import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { EmergencyUseView } from "@/lib/services/sso/read-sign-in";
import type { PageTime } from "../../page-time";
import { ReviewUse } from "./review-use";

type EmergencyPanelProps = {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly uses: readonly EmergencyUseView[];
  readonly self: string;
  readonly time: PageTime;
};

/** Who is kept for the day on which the provider is away, and what each use was for. */
export function EmergencyPanel({ accounts, uses, self, time }: EmergencyPanelProps) {
  const names = accounts.map(({ name }) => name).join(", ");
  return (
    <Panel
      title="Emergency accounts"
      hint={
        accounts.length === 0
          ? "No account is kept for the day on which the provider is away. Keep one under People, with a second factor of its own."
          : `Kept: ${names}. Each use alarms and waits for another person to say what it was for.`
      }
      state={uses.length > 0 ? { kind: "ready" } : { kind: "empty", title: "None was ever used." }}
    >
      <DataTable
        caption="Uses of emergency accounts"
        columns={columnsAt(time, self)}
        rows={uses}
        rowKey={({ id }) => id}
        rowTone={({ review }) => (review ? undefined : "critical")}
      />
    </Panel>
  );
}

function columnsAt({ now, zone }: PageTime, self: string): readonly Column<EmergencyUseView>[] {
  return [
    { key: "who", head: "Account", phone: "title", cell: ({ name }) => name },
    {
      key: "at",
      head: "Signed in",
      cell: ({ at }) => <Moment at={at} now={now} zone={zone} show="absolute" />,
    },
    { key: "from", head: "From", cell: ({ address }) => <span className="font-mono">{address ?? "–"}</span> },
    { key: "why", head: "What for", from: "lg", cell: ({ review }) => review?.text ?? "–" },
    {
      key: "state",
      head: "Review",
      phone: "value",
      cell: ({ id, name, userId, review }) => {
        if (review) return <StatusWord state="ok">Reviewed by {review.by}</StatusWord>;
        if (userId === self) return <StatusWord state="critical">Another person reviews it</StatusWord>;
        return <ReviewUse id={id} of={name} />;
      },
    },
  ];
}
