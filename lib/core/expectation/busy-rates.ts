import { WEEK_HOURS } from "./history";
import { dateOf, type LocalQuarters, weekdayOf } from "./local-quarters";

/** Messages' worth of trust in what like days have at the same hour. */
const SHARED_TRUST = 4;
/** Days of at most this ratio in volume are alike. */
const LIKE_RATIO = 1.5;
const JUDGEABLE_DAY = 20;

/**
 * Minutes with a message to be expected in each hour of the week: the mean of the quarters that are known and `isUsual`,
 * leaning on the same hour of like days where an hour has had few of its own.
 */
export function busyRates(ask: {
  readonly quarters: LocalQuarters;
  readonly busyOf: readonly number[];
  readonly isUsual: (index: number) => boolean;
}): readonly number[] {
  const { quarters, busyOf, isUsual } = ask;
  const sums = zeros();
  const seen = zeros();
  quarters.hours.forEach((hour, i) => {
    if (!isUsual(i)) return;
    sums[hour] = (sums[hour] ?? 0) + (busyOf[i] ?? 0);
    seen[hour] = (seen[hour] ?? 0) + 0.25;
  });
  const dayRates = Array.from({ length: 7 }, (_, day) => ratioOf(within(sums, day), within(seen, day)));
  return sums.map((own, hour) => {
    const like = likeDays(dayRates, Math.floor(hour / 24)).map((day) => day * 24 + (hour % 24));
    const shared = ratioOf(
      like.map((at) => sums[at] ?? 0),
      like.map((at) => seen[at] ?? 0),
    );
    if (shared === 0) return 0;
    return (own + SHARED_TRUST) / ((seen[hour] ?? 0) + SHARED_TRUST / shared);
  });
}

/**
 * Days that are unlike their weekday: less than half or more than twice of what it usually has. Where that holds for more
 * than a third of a weekday's days, it has no usual, and none is left out.
 */
export function unlikeDays(ask: {
  readonly quarters: LocalQuarters;
  readonly busyOf: readonly number[];
  readonly isKnown: (index: number) => boolean;
  readonly holidays: ReadonlySet<string>;
}): ReadonlySet<number> {
  const totals = new Map<number, { busy: number; known: number }>();
  ask.quarters.days.forEach((day, i) => {
    if (!ask.isKnown(i)) return;
    const of = totals.get(day) ?? { busy: 0, known: 0 };
    totals.set(day, { busy: of.busy + (ask.busyOf[i] ?? 0), known: of.known + 1 });
  });
  const whole = [...totals].filter(([, { known }]) => known >= WHOLE_DAY_QUARTERS);
  const unlike = [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => {
    const own = whole.filter(([day]) => weekdayOf(day) === weekday);
    const middle = medianOf(own.map(([, { busy }]) => busy)) ?? 0;
    if (middle < JUDGEABLE_DAY) return [];
    const odd = own.filter(([, { busy }]) => busy < middle / 2 || busy > middle * 2);
    return odd.length * 3 > own.length ? [] : odd.map(([day]) => day);
  });
  const told = [...totals.keys()].filter((day) => ask.holidays.has(dateOf(day)));
  return new Set([...unlike, ...told]);
}

export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** A 23-hour day is whole too. */
const WHOLE_DAY_QUARTERS = 92;

function zeros(): number[] {
  return Array.from({ length: WEEK_HOURS }, () => 0);
}

function within(values: readonly number[], day: number): readonly number[] {
  return values.slice(day * 24, day * 24 + 24);
}

function ratioOf(parts: readonly number[], wholes: readonly number[]): number {
  const whole = wholes.reduce((sum, value) => sum + value, 0);
  return whole === 0 ? 0 : parts.reduce((sum, value) => sum + value, 0) / whole;
}

function likeDays(rates: readonly number[], of: number): readonly number[] {
  const own = rates[of] ?? 0;
  return rates.flatMap((rate, day) =>
    day === of || (rate <= own * LIKE_RATIO && own <= rate * LIKE_RATIO) ? [day] : [],
  );
}
