import type { HealthLevel } from "./problem";

/** What one leg came to in one stretch of time. */
export type StretchCount = { readonly ok: number; readonly failed: number };

/** How one stretch of a group of interfaces looked; `failed` of `ended` deliveries. */
export type StretchState = {
  readonly level: Extract<HealthLevel, "critical" | "warning" | "ok" | "unknown">;
  readonly failed: number;
  readonly ended: number;
};

const MIN_FAILED = 3;
const WARNING_RATE = 0.05;

/**
 * Judges a stretch by its worst leg: critical where several failed and nothing got through, warning from 5 % failed on.
 * Single failures stay calm. `isKnown` false and nothing counted = unknown, not well.
 */
export function stretchState(legs: readonly StretchCount[], isKnown: boolean): StretchState {
  const failed = legs.reduce((sum, leg) => sum + leg.failed, 0);
  const ended = legs.reduce((sum, leg) => sum + leg.ok, failed);
  if (ended === 0) return { level: isKnown ? "ok" : "unknown", failed, ended };
  const suspects = legs.filter((leg) => leg.failed >= MIN_FAILED);
  if (suspects.some((leg) => leg.ok === 0)) return { level: "critical", failed, ended };
  const isWarning = suspects.some((leg) => leg.failed / (leg.ok + leg.failed) >= WARNING_RATE);
  return { level: isWarning ? "warning" : "ok", failed, ended };
}
