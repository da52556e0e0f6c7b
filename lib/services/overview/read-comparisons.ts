import { previousPeriod, sameHoursLastWeek, type TimeRange } from "@/lib/core/time/range";
import { type LegTotals, readLegTotals } from "@/lib/db/leg-totals";
import { remember } from "./remember";

export type TotalsByLeg = ReadonlyMap<number, LegTotals>;

/** What legs counted in one range. */
export type PeriodTotals = { readonly range: TimeRange; readonly totals: TotalsByLeg };

/** Totals of a range, and what they are compared with. */
export type Comparisons = {
  readonly current: PeriodTotals;
  readonly previous: PeriodTotals;
  /** The same hours one, two, three and four weeks ago (of longer ranges: as many whole weeks as do not overlap). */
  readonly weeks: readonly PeriodTotals[];
};

const WEEKS = 4;
const rememberPast = remember<TotalsByLeg>({ ttlMs: 5 * 60_000, size: 64 });

/** Reads the totals of legs in a snapped range and in the ranges it is compared with. */
export async function readComparisons(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
  readonly now: Date;
}): Promise<Comparisons> {
  const { legIds, range, now } = ask;
  const past = async (earlier: TimeRange) => {
    const key = `${earlier.from.getTime()}-${earlier.to.getTime()}/${legIds.join()}`;
    const totals = await rememberPast(key, now.getTime(), () => readTotals(legIds, earlier));
    return { range: earlier, totals };
  };
  const earlierWeeks = weeksBefore(range);
  const [current, previous, ...weeks] = await Promise.all([
    readTotals(legIds, range),
    past(previousPeriod(range)),
    ...earlierWeeks.map(past),
  ]);
  return { current: { range, totals: current }, previous, weeks };
}

/** Each the same hours, a week (or as many as the range is long) before the one before. */
function weeksBefore(range: TimeRange): readonly TimeRange[] {
  const weeks: TimeRange[] = [];
  for (let earlier = range; weeks.length < WEEKS; ) {
    earlier = sameHoursLastWeek(earlier);
    weeks.push(earlier);
  }
  return weeks;
}

async function readTotals(legIds: readonly number[], range: TimeRange): Promise<TotalsByLeg> {
  const totals = await readLegTotals({ legIds, range });
  return new Map(totals.map((leg) => [leg.legId, leg]));
}
