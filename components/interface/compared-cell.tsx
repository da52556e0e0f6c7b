import type { ReactNode } from "react";
import type { Trend } from "../ui/figure";
import { FreshValue } from "../ui/fresh-value";

export type ComparedCellProps = {
  readonly value: number | null;
  readonly children: ReactNode;
  /** Against the previous period and the same hours last week; left out where there is nothing to compare. */
  readonly trends: readonly (Trend | undefined)[];
};

/** A figure in a table, its changes in a second, smaller line (where there is room): quiet unless for the worse. */
export function ComparedCell({ value, children, trends }: ComparedCellProps) {
  const known = trends.filter((trend) => trend !== undefined);
  return (
    <span className="inline-flex flex-col items-end leading-tight">
      <FreshValue value={value}>{children}</FreshValue>
      {known.length > 0 ? (
        <span className="flex gap-2 whitespace-nowrap text-12 text-muted @max-[44rem]:hidden">
          {known.map(({ change, against, judgement }) => (
            <span
              key={against}
              title={`${change} against ${against}`}
              className={judgement === "worse" ? "font-medium text-warning" : undefined}
            >
              {change}
              <span className="sr-only"> against {against}</span>
            </span>
          ))}
        </span>
      ) : null}
    </span>
  );
}
