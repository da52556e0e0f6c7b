import type { Trend } from "../ui/figure";
import { formatRateChange, formatRelativeChange } from "../ui/format-number";

/** A figure now and what it is compared with; null where there was nothing to measure. */
export type Change = {
  readonly now: number | null;
  readonly before: number | null;
  readonly against: string;
};

/** Change of a share in percentage points; more failures are worse. Undefined where either side has no value. */
export function rateTrend({ now, before, against }: Change): Trend | undefined {
  if (now === null || before === null) return undefined;
  const change = formatRateChange(now - before);
  return { ...judged(now - before, change.startsWith("±")), change, against };
}

/** Relative change of a duration; slower is worse. Undefined where either side has no value. */
export function durationTrend({ now, before, against }: Change): Trend | undefined {
  if (now === null || before === null || before === 0) return undefined;
  const change = formatRelativeChange(now / before);
  return { ...judged(now - before, change.startsWith("±")), change, against };
}

/** Relative change of a volume, which is neither good nor bad by itself. */
export function volumeTrend({ now, before, against }: Change): Trend | undefined {
  if (now === null || before === null || before === 0) return undefined;
  const change = formatRelativeChange(now / before);
  const { direction } = judged(now - before, change.startsWith("±"));
  return { direction, judgement: "neutral", change, against };
}

function judged(difference: number, isFlat: boolean): Pick<Trend, "direction" | "judgement"> {
  if (isFlat) return { direction: "flat", judgement: "neutral" };
  return difference > 0
    ? { direction: "up", judgement: "worse" }
    : { direction: "down", judgement: "better" };
}
