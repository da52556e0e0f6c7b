import { OutcomeStrip } from "@/components/charts/outcome-strip";
import type { StripCell } from "@/components/charts/strip-runs";
import { formatCount } from "@/components/ui/format-number";
import { hrefOf } from "@/lib/core/href";
import type { StretchState } from "@/lib/core/interface/strip-state";
import { printMessageFilter } from "@/lib/core/message/message-filter";
import { formatClock, formatDay } from "@/lib/core/time/format";
import type { TimeRange } from "@/lib/core/time/range";
import type { Overview } from "@/lib/services/overview/read-overview";

type OutcomeStripsProps = { readonly overview: Overview; readonly zone: string; readonly now: Date };

/** One strip for each group of interfaces over the page's range; an abnormal stretch leads to its failed messages. */
export function OutcomeStrips({ overview: { strips, buckets }, zone, now }: OutcomeStripsProps) {
  const [first, last] = [buckets[0], buckets.at(-1)];
  const edge = (at: Date) => `${formatDay({ at, zone, now })} ${formatClock({ at, zone })}`;
  return (
    <div className="grid grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-1.5">
      {strips.map(({ group, filter, interfaces, states }) => (
        <div key={group} className="contents">
          <span className="max-w-48 truncate" title={`${group}, ${interfaces} interfaces`}>
            {group} <span className="text-12 text-muted">{interfaces}</span>
          </span>
          <OutcomeStrip
            label={`${group}, outcomes over time`}
            cells={cellsOf(states, buckets)}
            zone={zone}
            {...(filter
              ? {
                  bucketHref: `${hrefOf("/messages", printMessageFilter(filter))}&outcome=failed&from={from}&to={to}`,
                }
              : {})}
          />
        </div>
      ))}
      {first && last ? (
        <span className="col-start-2 flex justify-between text-12 text-muted">
          <span>{edge(first.from)}</span>
          <span>{edge(last.to)}</span>
        </span>
      ) : null}
    </div>
  );
}

function cellsOf(states: readonly StretchState[], buckets: readonly TimeRange[]): readonly StripCell[] {
  return states.flatMap((stretch, i) => {
    const bucket = buckets[i];
    if (bucket === undefined) return [];
    return [
      {
        fromMs: bucket.from.getTime(),
        toMs: bucket.to.getTime(),
        state: stretch.level,
        label: labelOf(stretch),
      },
    ];
  });
}

function labelOf({ level, failed, ended }: StretchState): string {
  if (level === "unknown") return "not known";
  return ended === 0 ? "no messages" : `${formatCount(failed)} failed of ${formatCount(ended)}`;
}
