import { formatPeriod } from "@/lib/core/interface/period-text";
import type { HealthLevel, JudgedProblem, ProblemLeg } from "@/lib/core/interface/problem";
import { formatDuration, formatMoment } from "@/lib/core/time/format";
import { formatCount, formatRate } from "../ui/format-number";

/** The field's word for the state of an interface, beside its lamp. */
export function healthWord(level: HealthLevel, worst: JudgedProblem | undefined): string {
  return worst ? problemWords[worst.kind] : calmWords[level];
}

const problemWords: Readonly<Record<JudgedProblem["kind"], string>> = {
  failing: "Down",
  queue_stuck: "Queue stuck",
  queue_long: "Queue long",
  silent: "Silent",
  not_running: "Not running",
  fails_more: "Failing",
  slower: "Slow",
  was_down: "Was down",
  unseen: "Not seen",
  counted_only: "Counters only",
};

const calmWords: Readonly<Record<HealthLevel, string>> = {
  critical: "Critical",
  warning: "Warning",
  unknown: "No data yet",
  notice: "Notice",
  ok: "Normal",
  excluded: "Left out",
};

/** What is wrong, in one line with its figures: "→ RIS: nothing got through, 214 failed". */
export function problemText(problem: JudgedProblem, { zone, now }: ProblemTextAt): string {
  const moment = (at: Date) => formatMoment({ at, zone, now });
  switch (problem.kind) {
    case "failing":
      return `${legText(problem.leg)}nothing gets through since ${moment(problem.since)}, ${formatCount(problem.failed)} failed`;
    case "queue_stuck":
      return `${legText(problem.leg)}${formatCount(problem.depth)} waiting, the first for ${formatDuration(problem.headAgeMs)}`;
    case "queue_long":
      return `${legText(problem.leg)}${formatCount(problem.depth)} waiting, ${usually(problem.usualHigh, formatCount)}`;
    case "silent":
      return `No message since ${moment(problem.since)}, usually at least ${formatCount(problem.usualLow)}`;
    case "not_running":
      return `${problem.state.toLowerCase()} at the engine`;
    case "fails_more":
      return `${legText(problem.leg)}${formatRate(problem.rate)} failed, ${usually(problem.usualHigh, formatRate)}`;
    case "slower":
      return `${legText(problem.leg)}p95 ${formatDuration(problem.p95Ms)}, usually at most ${formatDuration(problem.usualHighMs)}`;
    case "was_down": {
      const period = formatPeriod({ from: problem.from, to: problem.to, zone, now });
      return `${legText(problem.leg)}down ${period}, ${formatCount(problem.failed)} failed; works again`;
    }
    case "unseen":
      return `The source does not answer since ${moment(problem.since)}`;
    case "counted_only":
      return `No message could be read; ${formatCount(problem.received)} came in by the engine's counter`;
  }
}
export type ProblemTextAt = { readonly zone: string; readonly now: Date };

function legText({ name, direction }: ProblemLeg): string {
  return direction === "destination" ? `→ ${name}: ` : "";
}

function usually(high: number | null, format: (value: number) => string): string {
  return high === null ? "no earlier weeks to compare with" : `usually at most ${format(high)}`;
}
