import { medianOf } from "./busy-rates";
import { WEEK_HOURS } from "./history";
import type { LocalQuarters } from "./local-quarters";
import { QUARTER_MINUTES, weekdayOf } from "./local-quarters";

/** Minutes of rest that end a batch. */
const BATCH_REST = 30;
const MAX_BATCHES_A_DAY = 4;
/** Minutes a batch takes at most on average: office hours are no batch. */
const MAX_BATCH_MINUTES = 60;
/** Chance scatters the number of batches of a day by about 1, a timetable hardly at all. */
const MAX_SCATTER = 0.4;
const MIN_DAYS = 4;
/** Nearly all batches begin in as many hours of the day as there are batches, or in the hours beside them. */
const TIMELY_SHARE = 0.9;
const HOURS_A_BATCH = 2;
/** Of the days of one hour, as many may have been outages. */
const OUTAGE_SHARE = 0.06;

/** Whether messages come in batches at set times of the day: few a day, and on each weekday as many as on the last. */
export function isScheduled(ask: Watched): boolean {
  const { counts, minutes, starts } = batchesOf(ask);
  let [scatter, expected, most, all] = [0, 0, 0, 0];
  for (let weekday = 0; weekday < 7; weekday++) {
    const own = [...counts].filter(([day]) => weekdayOf(day) === weekday).map(([, count]) => count);
    if (own.length < MIN_DAYS) return false;
    const sum = own.reduce((total, count) => total + count, 0);
    const mean = sum / own.length;
    scatter += own.reduce((total, count) => total + (count - mean) ** 2, 0);
    expected += mean * (own.length - 1);
    most = Math.max(most, mean);
    all += sum;
  }
  const isShort = minutes <= all * MAX_BATCH_MINUTES;
  const isTimely = hoursCovering(starts, all * TIMELY_SHARE) <= Math.ceil(most) * HOURS_A_BATCH;
  return expected > 0 && isShort && isTimely && most <= MAX_BATCHES_A_DAY && scatter / expected < MAX_SCATTER;
}

/** The fewest hours of the day that have as many batches. */
function hoursCovering(starts: readonly number[], wanted: number): number {
  let seen = 0;
  const sorted = starts.toSorted((a, b) => b - a);
  const at = sorted.findIndex((count) => {
    seen += count;
    return seen >= wanted;
  });
  return at + 1;
}

type Watched = {
  readonly busy: readonly number[];
  readonly quarters: LocalQuarters;
  readonly isUsual: (index: number) => boolean;
};

/** How many batches began on each local day and in each hour of it, and how many minutes all of them took. */
function batchesOf({ busy, quarters, isUsual }: Watched) {
  const counts = new Map<number, number>();
  quarters.days.forEach((day, i) => {
    if (isUsual(i)) counts.set(day, 0);
  });
  let minutes = 0;
  const starts = Array.from({ length: 24 }, () => 0);
  busy.forEach((minute, i) => {
    const index = Math.floor(minute / QUARTER_MINUTES) - quarters.first;
    const day = quarters.days[index];
    if (day === undefined || !isUsual(index)) return;
    const rest = minute - (busy[i - 1] ?? Number.NEGATIVE_INFINITY);
    if (rest <= BATCH_REST) {
      minutes += rest;
      return;
    }
    counts.set(day, (counts.get(day) ?? 0) + 1);
    const hour = (quarters.hours[index] ?? 0) % 24;
    starts[hour] = (starts[hour] ?? 0) + 1;
  });
  return { counts, minutes, starts };
}

/** The longest usual time since the last message in each hour of the week, in minutes: the longest but for rare outages. */
export function longestQuiet({ busy, quarters, isUsual }: Watched): readonly (number | null)[] {
  const ages: number[][] = Array.from({ length: WEEK_HOURS }, () => []);
  let next = 0;
  let age = 0;
  quarters.hours.forEach((hour, i) => {
    const from = (quarters.first + i) * QUARTER_MINUTES;
    if (quarters.hours[i - 1] !== hour) age = 0;
    for (; (busy[next] ?? Number.POSITIVE_INFINITY) < from + QUARTER_MINUTES; next++)
      age = Math.max(age, (busy[next] ?? from) - (busy[next - 1] ?? from));
    age = Math.max(age, from + QUARTER_MINUTES - (busy[next - 1] ?? Number.POSITIVE_INFINITY));
    const isLastOfHour = quarters.hours[i + 1] !== hour;
    if (isLastOfHour && next > 0 && isUsual(i)) ages[hour]?.push(age);
  });
  return ages.map((own) => {
    const sorted = own.toSorted((a, b) => b - a);
    return sorted[Math.ceil(sorted.length * OUTAGE_SHARE)] ?? medianOf(own) ?? null;
  });
}
