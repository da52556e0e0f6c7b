import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { CounterCheck } from "@/lib/services/interfaces/read-counters";
import type { LegRow } from "@/lib/services/interfaces/read-interface";
import type { PanelInput } from "./page-links";

/** What the engine counts by itself, and whether the messages that were read add up to it. */
export function CounterPanel({ page, time }: PanelInput) {
  const { counters, view } = page;
  const told = view.legs.filter(({ leg }) => leg.counters !== null);
  if (counters === undefined || told.length === 0) return null;
  const since = view.row.of.isCountedOnly ? undefined : [...counters.checks.values()][0]?.from;
  return (
    <Panel
      title="The engine's own counters"
      hint="As it shows them now, since somebody last cleared them there; they include replays and fall when a message is replaced"
    >
      <DataTable
        caption="Counters of the engine"
        columns={columns({ checks: counters.checks, isCountedOnly: view.row.of.isCountedOnly })}
        rows={told}
        rowKey={({ leg }) => String(leg.legId)}
      />
      {since ? (
        <p className="mt-2 text-12 text-muted">
          Compared since <Moment at={since} now={time.now} zone={time.zone} show="absolute" />, the last
          minute and a half left out.
        </p>
      ) : null}
    </Panel>
  );
}

type ColumnInput = {
  readonly checks: ReadonlyMap<number, CounterCheck>;
  readonly isCountedOnly: boolean;
};

function columns({ checks, isCountedOnly }: ColumnInput): readonly Column<LegRow>[] {
  const own = (key: "received" | "filtered" | "sent" | "error", head: string): Column<LegRow> => ({
    key,
    head,
    align: "end",
    cell: ({ leg }) => formatCount(leg.counters?.[key] ?? null),
  });
  return [
    {
      key: "leg",
      head: "Leg",
      phone: "title",
      cell: ({ leg }) => (leg.direction === "source" ? `in · ${leg.name}` : `→ ${leg.name}`),
    },
    own("received", "Received"),
    own("filtered", "Filtered"),
    own("sent", "Sent"),
    own("error", "Errors"),
    { key: "queued", head: "Queued", align: "end", cell: ({ leg }) => formatCount(leg.queueDepth) },
    {
      key: "check",
      head: "Against messages read",
      hint: "What the engine counted as received and as error, against the messages stored of the same time",
      phone: "value",
      cell: ({ leg }) =>
        isCountedOnly ? (
          <span className="text-muted">none was read</span>
        ) : (
          <Agreement check={checks.get(leg.legId)} />
        ),
    },
  ];
}

/** A message at either end of the time may be counted on one side only. */
const EDGE_MESSAGES = 2;

function Agreement({ check }: { readonly check: CounterCheck | undefined }) {
  if (check === undefined) return <span className="text-muted">not compared yet</span>;
  const { counted, stored, countedErrors, storedFailed } = check;
  const isEqual =
    Math.abs(counted - stored) <= EDGE_MESSAGES && Math.abs(countedErrors - storedFailed) <= EDGE_MESSAGES;
  const detail = `${formatCount(counted)} counted, ${formatCount(stored)} read · errors ${formatCount(countedErrors)}, ${formatCount(storedFailed)}`;
  return (
    <StatusWord state={isEqual ? "ok" : "notice"}>
      {isEqual ? "agrees" : "differs"} <span className="font-normal text-muted">{detail}</span>
    </StatusWord>
  );
}
