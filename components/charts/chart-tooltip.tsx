"use client";
import { formatRange } from "@/lib/core/time/format";
import { type PlotArea, xOf } from "./plot-area";

export type TooltipLine = { readonly key: string; readonly label: string; readonly text: string };
export type ChartTooltipProps = {
  readonly column: number;
  readonly edges: readonly number[];
  readonly plot: PlotArea;
  readonly zone: string;
  readonly lines: readonly TooltipLine[];
  /** Markers that fall into the bucket. */
  readonly notes?: readonly string[];
};

/** The figures under the cursor, beside it on the side with more room. Follows pointer and keys alike. */
export function ChartTooltip({ column, edges, plot, zone, lines, notes = [] }: ChartTooltipProps) {
  const [fromMs, toMs] = [edges[column] ?? 0, edges[column + 1] ?? 0];
  const [left, right] = [xOf(fromMs, { edges, plot }), xOf(toMs, { edges, plot })];
  const isLeftHalf = (left + right) / 2 < plot.left + plot.width / 2;
  const side = isLeftHalf ? { left: right + 8 } : { right: `calc(100% - ${left - 8}px)` };
  const range = { from: new Date(fromMs), to: new Date(toMs) };
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute bg-ink/8"
        style={{ left, width: Math.max(1, right - left), top: plot.top, height: plot.height }}
      />
      <div
        aria-hidden
        className="pointer-events-none absolute z-10 min-w-44 rounded-sm border border-line bg-raised px-2.5 py-1.5 text-12 shadow-overlay"
        style={{ ...side, top: plot.top }}
      >
        <p className="mb-0.5 whitespace-nowrap text-muted">{formatRange({ range, zone, now: range.to })}</p>
        {lines.map((line) => (
          <p key={line.key} className="flex justify-between gap-4 whitespace-nowrap tabular-nums">
            <span>{line.label}</span>
            <span className="font-medium">{line.text}</span>
          </p>
        ))}
        {notes.map((note) => (
          <p key={note} className="mt-0.5 max-w-64 text-muted">
            {note}
          </p>
        ))}
      </div>
    </>
  );
}
