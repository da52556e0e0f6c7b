import type { ChartUnit } from "./chart-model";

/** Round ticks from 0 to at least `max`: four to six of them. The last tick is the axis' top. */
export function valueTicks(max: number, unit: ChartUnit): readonly number[] {
  const top = max > 0 ? max : defaultTop[unit];
  const step = unit === "ms" ? durationStep(top) : decimalStep(top, unit);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => roundTo(i * step));
}

/**
 * Ticks of a logarithmic latency axis that lie within [minMs, maxMs]: 1 ms, 10 ms, … then minutes, hours and days. Where the
 * range holds fewer than two of them, finer round values; where it holds fewer than two of those, its ends.
 */
export function latencyTicks(range: { readonly minMs: number; readonly maxMs: number }): readonly number[] {
  const within = (marks: readonly number[]) => marks.filter((mark) => isWithin(mark, range));
  const candidates = [within(coarseMarks), within(fineMarks)];
  return candidates.find((ticks) => ticks.length >= 2) ?? [range.minMs, range.maxMs];
}

/** Rows of the heatmap start at the next bucket after a round value: up to 1 % above it. */
const EDGE_TOLERANCE = 1.01;

function isWithin(mark: number, { minMs, maxMs }: { readonly minMs: number; readonly maxMs: number }) {
  return mark * EDGE_TOLERANCE >= minMs && mark <= maxMs;
}

const coarseMarks = [
  1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000,
];
const fineMarks = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
  172_800_000, 345_600_000, 604_800_000,
];
const defaultTop: Record<ChartUnit, number> = { messages: 4, queued: 4, perMinute: 4, ms: 1000, share: 0.01 };
const MAX_STEPS = 5;

function decimalStep(top: number, unit: ChartUnit): number {
  const rough = top / MAX_STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  // Half a message does not exist: counts step by whole numbers.
  return unit === "messages" || unit === "queued" ? Math.max(1, Math.ceil(step)) : step;
}

function durationStep(top: number): number {
  const rough = top / MAX_STEPS;
  return durationSteps.find((step) => step >= rough) ?? Math.ceil(rough / 86_400_000) * 86_400_000;
}

const durationSteps = [
  0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000,
  300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

function roundTo(value: number): number {
  return Number(value.toPrecision(12));
}
