import { ItemStateWord, troubleText } from "@/components/replay/replay-words";
import { CopyableId } from "@/components/ui/copyable-id";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { printPlace } from "@/lib/core/message/delivery-place";
import {
  type Caution,
  cautions,
  cautionTexts,
  type Refusal,
  refusalTexts,
} from "@/lib/core/replay/judge-candidate";
import type { ReplayItemView } from "@/lib/services/replays/read-replay";
import type { ReplayPanelInput } from "./dry-run-panel";
import { TickItem } from "./tick-item";

/** Every message of a replay with why it is chosen or not, and what became of it. */
export function ItemsPanel({ view: { run, items }, time }: ReplayPanelInput) {
  return (
    <Panel title="Messages" hint="Oldest first, as the engine received them">
      <DataTable
        caption="Messages of this replay"
        columns={[...columnsAt(time), verdictColumn(run)]}
        rows={items}
        rowKey={({ position }) => String(position)}
        rowHref={(item) => `/messages/${printPlace(item)}`}
      />
    </Panel>
  );
}

function columnsAt({ now, zone }: ReplayPanelInput["time"]): readonly Column<ReplayItemView>[] {
  return [
    {
      key: "message",
      head: "Message",
      phone: "title",
      cell: ({ messageType, engineMessageId }) => `${messageType ?? "Message"} ${engineMessageId}`,
    },
    { key: "to", head: "To", cell: ({ interface: name, leg }) => `${name} → ${leg}` },
    {
      key: "at",
      head: "Received",
      cell: ({ receivedAt }) => <Moment at={receivedAt} now={now} zone={zone} />,
    },
    {
      key: "result",
      head: "Became",
      cell: (item) =>
        item.resultDeliveryId === null ? null : (
          <CopyableId value={item.resultDeliveryId} kind="delivery id" />
        ),
      phone: "hidden",
      from: "2xl",
    },
  ];
}

function verdictColumn(run: ReplayPanelInput["view"]["run"]): Column<ReplayItemView> {
  return {
    key: "verdict",
    head: run.state === "drafted" ? "Chosen" : "Result",
    cell: (item) => (run.state === "drafted" ? <Choice item={item} run={run} /> : <Result item={item} />),
  };
}

function Choice({
  item,
  run,
}: {
  readonly item: ReplayItemView;
  readonly run: ReplayPanelInput["view"]["run"];
}) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span>{item.isTaken ? "Yes" : "No"}</span>
      {item.causes.length > 0 ? <span className="text-muted">{causeText(item.causes)}</span> : null}
      {item.verdict === "cautious" ? (
        <TickItem id={run.id} version={run.version} position={item.position} reason={item.tickReason ?? ""} />
      ) : null}
    </span>
  );
}

function Result({ item }: { readonly item: ReplayItemView }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <ItemStateWord state={item.state} />
      {item.trouble ? <span className="text-muted">{troubleText(item.trouble)}</span> : null}
      {item.state === "left" ? <span className="text-muted">{causeText(item.causes)}</span> : null}
    </span>
  );
}

function causeText(causes: ReplayItemView["causes"]): string {
  return causes.map((cause) => (isCaution(cause) ? cautionTexts[cause] : refusalTexts[cause])).join(" ");
}

function isCaution(cause: Caution | Refusal): cause is Caution {
  return cautions.some((one) => one === cause);
}
