"use client";
import type { ChartSeries } from "./chart-model";
import type { PlotArea } from "./plot-area";

export type DirectLabelsProps = {
  readonly series: readonly ChartSeries[];
  readonly plot: PlotArea;
  /** Height of a value above the axis, 0–1. */
  readonly heightOf: (value: number) => number;
};

/** Names at the right end of the lines, pushed apart where they would overlap, so that no reader needs the colours. */
export function DirectLabels({ series, plot, heightOf }: DirectLabelsProps) {
  return placeLabels({ series, plot, heightOf }).map(({ key, label, colour, y }) => (
    <span
      key={key}
      aria-hidden
      className="pointer-events-none absolute flex items-center gap-1 text-12 leading-4 text-ink"
      style={{ left: plot.left + plot.width + GAP_PX, top: y - 8, maxWidth: WIDEST_PX - GAP_PX }}
    >
      {/* Colours of lines are too pale for letters. */}
      <span className="h-0.5 w-2 shrink-0" style={{ background: `var(--${colour})` }} />
      <span className="truncate">{label}</span>
    </span>
  ));
}

const LINE_PX = 13;
const GAP_PX = 4;
/** The dash before a name. */
const DASH_PX = 12;
const LETTER_PX = 7;
const WIDEST_PX = 124;
/** Half of the last label on the time axis stands beyond the plot. */
const LAST_TICK_PX = 20;

/**
 * Room beside the plot, in CSS pixels, for the longest of these names; longer ones are cut off. Charts of a wide page
 * keep the same room, named or not, so that their time axes stand below each other.
 */
export function labelWidthOf({ labels, width }: LabelRoom): number {
  const longest = Math.max(0, ...labels.map((label) => GAP_PX + DASH_PX + label.length * LETTER_PX));
  return Math.min(WIDEST_PX, Math.max(width < 640 ? LAST_TICK_PX : 80, longest));
}
type LabelRoom = { readonly labels: readonly string[]; readonly width: number };

/** Wanted heights from the last measured value of each line, then each label at least one line below the one above it. */
export function placeLabels({ series, plot, heightOf }: DirectLabelsProps) {
  const wanted = series
    .flatMap(({ key, label, colour, values }) => {
      const last = values.findLast((value) => value !== null);
      if (last === undefined || last === null) return [];
      return [{ key, label, colour, y: plot.top + plot.height * (1 - heightOf(last)) }];
    })
    .toSorted((a, b) => b.y - a.y);
  // From the axis upwards: a label is lifted when the one below it needs its place.
  let floor = plot.top + plot.height;
  return wanted.map((label) => {
    const y = Math.min(label.y, floor);
    floor = y - LINE_PX;
    return { ...label, y };
  });
}
