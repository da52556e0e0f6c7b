import type { ReactNode } from "react";
import { type Trend, TrendText } from "../ui/figure";
import { FreshValue } from "../ui/fresh-value";

export type ComparedCellProps = {
  readonly value: number | null;
  readonly children: ReactNode;
  /** Against the previous period and the same hours last week; left out where there is nothing to compare. */
  readonly trends: readonly (Trend | undefined)[];
};

/** A figure in a table, its changes in a second, smaller line. */
export function ComparedCell({ value, children, trends }: ComparedCellProps) {
  const known = trends.filter((trend) => trend !== undefined);
  return (
    <span className="inline-flex flex-col items-end leading-tight">
      <FreshValue value={value}>{children}</FreshValue>
      {known.length > 0 ? (
        <span className="flex gap-1.5 text-12">
          {known.map((trend) => (
            <TrendText key={trend.against} trend={trend} isShort />
          ))}
        </span>
      ) : null}
    </span>
  );
}
