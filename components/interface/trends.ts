import type { Trend } from "../ui/figure";
import { formatCount, formatRateChange, formatRelativeChange } from "../ui/format-number";

/**
 * A figure now and what it is compared with; null where there was nothing to measure. A change
 * for the worse counts as such only where the figure `isUnusual`: figures always move a little.
 */
export type Change = {
  readonly now: number | null;
  readonly before: number | null;
  readonly against: string;
  readonly isUnusual: boolean;
};

/** Change of a share in percentage points. Undefined where either side has no value. */
export function rateTrend(change: Change): Trend | undefined {
  const { now, before, against } = change;
  if (now === null || before === null) return undefined;
  return { ...judged(change, now - before), change: formatRateChange(now - before), against };
}

/** Relative change of a duration. Undefined where either side has no value. */
export function durationTrend(change: Change): Trend | undefined {
  const { now, before, against } = change;
  if (now === null || before === null || before === 0) return undefined;
  return { ...judged(change, now - before), change: formatRelativeChange(now / before), against };
}

/** Relative change of a volume, which is neither good nor bad by itself. */
export function volumeTrend({ now, before, against }: Change): Trend | undefined {
  if (now === null || before === null || before === 0) return undefined;
  const direction = now > before ? "up" : now < before ? "down" : "flat";
  return { direction, judgement: "neutral", change: formatRelativeChange(now / before), against };
}

/** Change of a number of waiting messages. Undefined where either side is not known, or nothing changed. */
export function depthTrend({ now, before, against }: Change): Trend | undefined {
  if (now === null || before === null || now === before) return undefined;
  const change = `${now > before ? "+" : "−"}${formatCount(Math.abs(now - before))}`;
  return { direction: now > before ? "up" : "down", judgement: "neutral", change, against };
}

function judged({ now, isUnusual }: Change, difference: number): Pick<Trend, "direction" | "judgement"> {
  if (difference === 0) return { direction: "flat", judgement: "neutral" };
  if (difference < 0) return { direction: "down", judgement: "neutral" };
  return { direction: "up", judgement: now !== null && isUnusual ? "worse" : "neutral" };
}
