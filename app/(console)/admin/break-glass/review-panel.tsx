import { type Column, DataTable } from "@/components/ui/data-table";
import type { LampState } from "@/components/ui/lamp";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { ReviewState } from "@/lib/core/disclosure/break-glass";
import { reasonTitle } from "@/lib/core/disclosure/reasons";
import type { BreakGlassView } from "@/lib/services/disclosure/list-break-glass";
import type { PageTime } from "../../page-time";
import { JudgeDialog } from "./judge-dialog";

type ReviewPanelProps = { readonly uses: readonly BreakGlassView[]; readonly time: PageTime };

/** What waits for a judgement, the most urgent first, then what was judged. */
export function ReviewPanel({ uses, time }: ReviewPanelProps) {
  return (
    <Panel
      title="To be judged"
      hint="Within three working days after the day of use"
      state={
        uses.length > 0
          ? { kind: "ready" }
          : {
              kind: "empty",
              title: "Nobody has used emergency access.",
              why: "Each use appears here at once.",
            }
      }
    >
      <DataTable
        caption="Uses of emergency access"
        columns={columns(time)}
        rows={uses}
        rowKey={({ id }) => id}
        rowTone={({ state }) =>
          state === "overdue" || state === "running"
            ? "critical"
            : state === "waiting"
              ? "warning"
              : undefined
        }
      />
    </Panel>
  );
}

function columns({ now, zone }: PageTime): readonly Column<BreakGlassView>[] {
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} show="absolute" />;
  return [
    { key: "who", head: "Who", phone: "title", cell: ({ userName }) => userName ?? "Somebody who is gone" },
    { key: "from", head: "From", cell: ({ startedAt }) => moment(startedAt) },
    { key: "to", head: "To", cell: ({ endsAt }) => moment(endsAt) },
    { key: "why", head: "Why", cell: whyText },
    { key: "seen", head: "Meanwhile", cell: seenText },
    { key: "due", head: "Due", cell: ({ reviewDue }) => moment(reviewDue) },
    { key: "state", head: "State", phone: "value", cell: stateCell },
  ];
}

function whyText({ reason, reasonText, isRepeated }: BreakGlassView): string {
  const again = isRepeated ? " (again within 24 hours)" : "";
  return `${reasonTitle(reason) ?? reason}: ${reasonText}${again}`;
}

function seenText({ lines, values }: BreakGlassView): string {
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  return `${counted(lines, "audit line")}, ${counted(values, "message")} in full`;
}

function stateCell(use: BreakGlassView) {
  const { state, isOwn, judgementText, reviewedBy } = use;
  if ((state === "waiting" || state === "overdue") && !isOwn) {
    return (
      <span className="inline-flex items-center gap-2">
        <StatusWord state={lamps[state]}>{words[state]}</StatusWord>
        <JudgeDialog id={use.id} of={use.userName ?? "somebody who is gone"} />
      </span>
    );
  }
  return (
    <span>
      <StatusWord state={lamps[state]}>{words[state]}</StatusWord>
      {judgementText ? (
        <span className="block text-12 text-muted">{`${judgementText} (${reviewedBy})`}</span>
      ) : null}
    </span>
  );
}

const words: Readonly<Record<ReviewState, string>> = {
  running: "Running",
  waiting: "Waits",
  overdue: "Overdue",
  justified: "Justified",
  "not-justified": "Not justified",
};

const lamps: Readonly<Record<ReviewState, LampState>> = {
  running: "critical",
  waiting: "warning",
  overdue: "critical",
  justified: "ok",
  "not-justified": "warning",
};
