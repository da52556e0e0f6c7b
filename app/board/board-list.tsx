import { healthWord, problemText } from "@/components/interface/problem-text";
import { formatCount, formatRate } from "@/components/ui/format-number";
import { StatusWord } from "@/components/ui/status-word";
import type { Overview, OverviewRow } from "@/lib/services/overview/read-overview";
import type { PageTime } from "../(console)/page-time";

type Time = Pick<PageTime, "now" | "zone">;

/** As many as can be read across a room. */
const MOST_ROWS = 9;

/** The interfaces that need a person, worst first; a quiet line when none does. */
export function BoardList({
  overview: { rows },
  time,
}: {
  readonly overview: Overview;
  readonly time: Time;
}) {
  const abnormal = rows.filter(({ health }) => health.level !== "ok" && health.level !== "excluded");
  if (rows.length === 0) return null;
  if (abnormal.length === 0) {
    return (
      <p className="flex-1 text-muted">All {formatCount(rows.length)} interfaces are as they should be.</p>
    );
  }
  const rest = abnormal.length - MOST_ROWS;
  return (
    <section aria-label="Interfaces that need a person" className="flex-1">
      <table className="w-full border-collapse text-left">
        <thead className="text-14 text-muted">
          <tr className="border-b border-line">
            <th className="py-1 font-normal">State</th>
            <th className="py-1 font-normal">Interface</th>
            <th className="py-1 font-normal">What is wrong</th>
            <th className="py-1 text-right font-normal">Failed</th>
          </tr>
        </thead>
        <tbody>
          {abnormal.slice(0, MOST_ROWS).map((row) => (
            <Row key={row.of.interfaceId} row={row} time={time} />
          ))}
        </tbody>
      </table>
      {rest > 0 ? <p className="pt-2 text-muted">and {formatCount(rest)} more</p> : null}
    </section>
  );
}

function Row({ row: { of, health, figures }, time }: { readonly row: OverviewRow; readonly time: Time }) {
  const [worst] = health.problems;
  return (
    <tr className="border-b border-line align-baseline">
      <td className="py-2 pr-6">
        <StatusWord state={health.level}>{healthWord(health.level, worst)}</StatusWord>
      </td>
      <td className="py-2 pr-6 font-semibold">{of.name}</td>
      <td className="py-2 pr-6">{worst ? problemText(worst, time) : ""}</td>
      <td className="py-2 text-right tabular-nums">
        {figures.failureRate === null ? "–" : formatRate(figures.failureRate)}
      </td>
    </tr>
  );
}
