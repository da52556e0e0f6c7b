import { OutcomeStrip } from "@/components/charts/outcome-strip";
import { hrefOf } from "@/lib/core/href";
import { printMessageFilter } from "@/lib/core/message/message-filter";
import { formatClock, formatDay } from "@/lib/core/time/format";
import type { Overview } from "@/lib/services/overview/read-overview";
import { stripCells } from "./strip-cells";

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
            cells={stripCells(states, buckets)}
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
