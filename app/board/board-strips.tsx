import { OutcomeStrip } from "@/components/charts/outcome-strip";
import { formatClock } from "@/lib/core/time/format";
import type { Overview } from "@/lib/services/overview/read-overview";
import { stripCells } from "../(console)/_overview/strip-cells";

/** The last day, a strip for each group of interfaces. */
export function BoardStrips({ overview, zone }: { readonly overview: Overview; readonly zone: string }) {
  const { strips, buckets } = overview;
  const [first, last] = [buckets[0], buckets.at(-1)];
  return (
    <section
      aria-label="Outcomes over time"
      className="grid grid-cols-[max-content_1fr] items-center gap-x-6 gap-y-2"
    >
      {strips.map(({ group, states }) => (
        <div key={group} className="contents">
          <span>{group}</span>
          <OutcomeStrip
            label={`${group}, outcomes over time`}
            cells={stripCells(states, buckets)}
            zone={zone}
          />
        </div>
      ))}
      {first && last ? (
        <span className="col-start-2 flex justify-between text-14 text-muted tabular-nums">
          <span>{formatClock({ at: first.from, zone })}</span>
          <span>{formatClock({ at: last.to, zone })}</span>
        </span>
      ) : null}
    </section>
  );
}
