/** Where a chart's data is drawn inside its box, in CSS pixels. */
export type PlotArea = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

const AXIS_WIDTH = 56;
/** Room above for markers and the word of the unit, which stays clear of the topmost value's; below for the time axis. */
const TOP = 28;
const TIME_AXIS_HEIGHT = 24;

/** The plot of a chart `width` × `height` px with `labelWidth` px kept free at the end for direct labels. */
export function plotAreaOf({ width, height, labelWidth = 8 }: PlotBox): PlotArea {
  return {
    left: AXIS_WIDTH,
    top: TOP,
    width: Math.max(1, width - AXIS_WIDTH - labelWidth),
    height: height - TOP - TIME_AXIS_HEIGHT,
  };
}
type PlotBox = { readonly width: number; readonly height: number; readonly labelWidth?: number };

/** Pixel of an instant on a linear time axis from the first to the last edge. */
export function xOf(atMs: number, { edges, plot }: TimeScale): number {
  const [first, last] = spanOf(edges);
  return plot.left + ((atMs - first) / Math.max(1, last - first)) * plot.width;
}

/** Index of the bucket under a pixel, clamped to the first and last. */
export function columnAt(x: number, { edges, plot }: TimeScale): number {
  const [first, last] = spanOf(edges);
  const atMs = first + ((x - plot.left) / plot.width) * (last - first);
  const next = edges.findIndex((edge) => edge > atMs);
  const column = next === -1 ? edges.length - 2 : next - 1;
  return Math.min(edges.length - 2, Math.max(0, column));
}

export type TimeScale = { readonly edges: readonly number[]; readonly plot: PlotArea };

function spanOf(edges: readonly number[]): readonly [number, number] {
  const first = edges[0] ?? 0;
  return [first, edges.at(-1) ?? first + 1];
}
