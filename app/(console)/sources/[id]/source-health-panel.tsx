import { readErrorText } from "@/components/source/read-error";
import { ReadingStateWord } from "@/components/source/reading-state";
import { LinkButton } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { Panel, type PanelState } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import { formatDuration } from "@/lib/core/time/format";
import type { SourceDetail } from "@/lib/services/sources/read-source";
import type { PageTime } from "../../page-time";

type Time = Pick<PageTime, "now" | "zone">;
type SourceHealthPanelProps = { readonly source: SourceDetail; readonly time: Time };
type Stream = SourceDetail["streams"][number];

/** What was last read of each stream, how far behind it is, and what could not be stored. */
export function SourceHealthPanel({ source, time }: SourceHealthPanelProps) {
  const letters = source.openDeadLetters;
  return (
    <Panel
      title="Health"
      hint={hintOf(source)}
      state={stateOf(source)}
      actions={
        <LinkButton href={hrefOf("/sources/dead-letters", { source: String(source.id) })}>
          {letters === 1 ? "1 dead letter" : `${formatCount(letters)} dead letters`}
        </LinkButton>
      }
    >
      {source.isPolled ? (
        <DataTable
          caption="Streams of this source"
          columns={columnsAt(time)}
          rows={source.streams}
          rowKey={({ stream }) => stream}
        />
      ) : (
        <p>
          Last sent:{" "}
          {source.lastPushAt ? <Moment at={source.lastPushAt} now={time.now} zone={time.zone} /> : "never"}
        </p>
      )}
    </Panel>
  );
}

function hintOf({ isPolled, streams }: SourceDetail): string | undefined {
  if (streams.some(({ isPort }) => isPort)) return "The port is kept open by one collector at a time.";
  return isPolled ? "Each stream is read on its own, from where it stopped." : undefined;
}

function stateOf({ isPolled, isPaused, streams }: SourceDetail): PanelState {
  if (!isPolled || streams.length > 0) return { kind: "ready" };
  return {
    kind: "empty",
    title: "Nothing has been read yet.",
    why: isPaused
      ? "The source is paused. Resume it, and it is read within seconds."
      : "A collector reads it within seconds. If this stays, look whether the worker runs.",
  };
}

function columnsAt({ now, zone }: Time): readonly Column<Stream>[] {
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "10rem",
      cell: ({ state }) => <ReadingStateWord state={state} />,
    },
    {
      key: "stream",
      head: "Stream",
      phone: "title",
      cell: ({ stream, isPort }) => (isPort ? "port" : stream),
    },
    {
      key: "success",
      head: "Last success",
      cell: ({ lastSuccessAt }) =>
        lastSuccessAt ? <Moment at={lastSuccessAt} now={now} zone={zone} withSeconds /> : "none yet",
    },
    { key: "every", head: "Read every", align: "end", cell: everyText, from: "lg" },
    {
      key: "backlog",
      head: "Backlog, items",
      align: "end",
      hint: "What the source holds and has not been read; — where it does not tell",
      cell: ({ backlog }) => formatCount(backlog ?? null),
    },
    {
      key: "complete",
      head: "Complete back to",
      cell: ({ completeBackTo }) =>
        completeBackTo ? <Moment at={completeBackTo} now={now} zone={zone} show="absolute" /> : null,
    },
    { key: "trouble", head: "Trouble", cell: troubleText },
  ];
}

function everyText({ everyMs, isPort }: Stream): string {
  return everyMs === undefined || isPort ? "—" : formatDuration(everyMs);
}

function troubleText({ failures, errorCode }: Stream): string {
  if (errorCode === undefined || failures === 0) return "";
  return `${readErrorText(errorCode)} Tried ${failures === 1 ? "once" : `${failures} times`} in vain.`;
}
