import type { Direction } from "../message/outcome";
import { type OutcomeCounts, totalOf } from "../metric/outcome-counts";

/** What one leg counted in a range, as far as an interface's figures need it. */
export type LegFigures = {
  readonly legId: number;
  readonly name: string;
  readonly direction: Direction;
  readonly counts: OutcomeCounts;
  readonly p95Ms: number | null;
};

/** The figures of one interface in one range. `null` = nothing to measure. */
export type InterfaceFigures = {
  /** Messages that came in: the total of its source legs. */
  readonly messages: number | null;
  /** Deliveries that failed in the end, on destinations and on the source leg (those got no further). */
  readonly failed: number | null;
  /** failed / (ok on destinations + failed), 0–1; of the source leg where there is no destination. */
  readonly failureRate: number | null;
  /** p95 of the slowest destination, and which one that is. Percentiles are never averaged. */
  readonly p95Ms: number | null;
  readonly slowest: string | undefined;
  readonly perMinute: number | null;
};

/** Figures of a time about which nothing is known: not one of them is zero. */
export const unknownFigures: InterfaceFigures = {
  messages: null,
  failed: null,
  failureRate: null,
  p95Ms: null,
  slowest: undefined,
  perMinute: null,
};

/** Sums up the legs of one interface over a range of which `elapsedMs` have passed. */
export function figuresOf(legs: readonly LegFigures[], elapsedMs: number): InterfaceFigures {
  const sources = legs.filter(({ direction }) => direction === "source");
  const destinations = legs.filter(({ direction }) => direction === "destination");
  const measured = destinations.length > 0 ? destinations : sources;
  const messages = sum(sources, ({ counts }) => totalOf(counts));
  const failed = sum(legs, ({ counts }) => counts.failed);
  const ok = sum(measured, ({ counts }) => counts.ok);
  const slowest = measured.reduce<LegFigures | undefined>(
    (worst, leg) => ((leg.p95Ms ?? -1) > (worst?.p95Ms ?? -1) ? leg : worst),
    undefined,
  );
  return {
    messages,
    failed,
    failureRate: ok + failed === 0 ? null : failed / (ok + failed),
    p95Ms: slowest?.p95Ms ?? null,
    slowest: slowest?.name,
    perMinute: elapsedMs > 0 ? messages / (elapsedMs / 60_000) : null,
  };
}

/** Lowest and highest of what earlier weeks had; undefined where none had a value. */
export type UsualSpan = { readonly low: number; readonly high: number };

/** The span of a figure over several weeks. Weeks without a value say nothing. */
export function usualSpan(weeks: readonly (number | null)[]): UsualSpan | undefined {
  const values = weeks.filter((value) => value !== null);
  if (values.length === 0) return undefined;
  return { low: Math.min(...values), high: Math.max(...values) };
}

function sum(legs: readonly LegFigures[], value: (leg: LegFigures) => number): number {
  return legs.reduce((total, leg) => total + value(leg), 0);
}
