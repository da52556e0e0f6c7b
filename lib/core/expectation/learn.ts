import { busyRates, unlikeDays } from "./busy-rates";
import { type ExpectedTime, expectedTime } from "./expected-time";
import type { Expectation, TrafficHistory } from "./history";
import { type LocalQuarters, localQuarters, QUARTER_MINUTES } from "./local-quarters";
import { quietLimit } from "./quiet-limit";
import { countWithin, recentLevel } from "./recent-level";
import { isScheduled, longestQuiet } from "./timetable";
import { expectedVolumes, type HourVolume } from "./volumes";

/** Rates and silences are learnt in turn: silences that turn out to be outages are left out of the next rates. */
const PASSES = 2;
const WEEK_MS = 7 * 86_400_000;
const MONTH_QUARTERS = 30.4 * 96;

/** Learns what usually comes in. Pure; hours nobody watched, days unlike their weekday and outages teach nothing. */
export function learnExpectation(history: TrafficHistory): Expectation {
  const quarters = localQuarters(history.range, history.zone);
  const known = knownQuarters(history, quarters);
  const busyOf = sumsOf(history, quarters, () => 1);
  const isKnown = (index: number) => known[index] === true;
  const unlike = unlikeDays({ quarters, busyOf, isKnown, holidays: history.holidays });
  const usual = known.map((is, i) => is && !unlike.has(quarters.days[i] ?? 0));
  const isUsual = (index: number) => usual[index] === true;
  let learnt = {
    busyMinutes: busyRates({ quarters, busyOf, isUsual }),
    quietLimit: Number.POSITIVE_INFINITY,
  };
  for (let pass = 0; pass < PASSES; pass++) {
    const time = expectedTime({ quarters, busyMinutes: learnt.busyMinutes, isKnown });
    const gaps = gapsOf(history.busy, time);
    const limit = limitOf({ gaps, history, time, known });
    for (const gap of gaps.filter(({ length }) => length > limit)) leaveOut(usual, quarters, gap);
    learnt = { busyMinutes: busyRates({ quarters, busyOf, isUsual }), quietLimit: limit };
  }
  const asked = {
    busy: history.busy,
    quarters,
    isUsual: (i: number) => isKnown(i) && !unlike.has(quarters.days[i] ?? 0),
  };
  return {
    zone: history.zone,
    weeks: Math.floor((known.filter(Boolean).length * QUARTER_MINUTES * 60_000) / WEEK_MS),
    ...learnt,
    isScheduled: isScheduled(asked),
    longestQuiet: longestQuiet(asked),
    volume: expectedVolumes(hoursOf(history, quarters, isUsual)),
  };
}

type Gap = { readonly from: number; readonly to: number; readonly length: number };

/** Minutes without a message between two with one, and their length in expected minutes. */
function gapsOf(busy: readonly number[], time: ExpectedTime): readonly Gap[] {
  return busy.flatMap((to, i) => {
    const last = busy[i - 1];
    if (last === undefined || to - last < 2) return [];
    return [{ from: last + 1, to, length: time.between(last + 1, to) }];
  });
}

function limitOf(ask: {
  readonly gaps: readonly Gap[];
  readonly history: TrafficHistory;
  readonly time: ExpectedTime;
  readonly known: readonly boolean[];
}): number {
  const { gaps, history, time, known } = ask;
  const months = known.filter(Boolean).length / MONTH_QUARTERS;
  const { busy } = history;
  const busyIn = (from: number, to: number) => countWithin(busy, from, to);
  // The level is looked up for long silences alone: it only ever shortens.
  const longest = gaps.toSorted((a, b) => b.length - a.length);
  const judged = longest.map(({ from, length }, i) =>
    i < LEVELLED_A_MONTH * months ? length * recentLevel({ time, untilMinute: from, busyIn }) : length,
  );
  return quietLimit({ gaps: judged, months, busy: busy.length });
}

const LEVELLED_A_MONTH = 60;

function leaveOut(usual: boolean[], quarters: LocalQuarters, gap: Gap): void {
  const first = Math.max(0, Math.floor(gap.from / QUARTER_MINUTES) - quarters.first);
  const end = Math.ceil(gap.to / QUARTER_MINUTES) - quarters.first;
  for (let i = first; i < Math.min(end, usual.length); i++) usual[i] = false;
}

function knownQuarters({ range, unknown }: TrafficHistory, quarters: LocalQuarters): readonly boolean[] {
  const known = quarters.hours.map(() => true);
  const out = [
    ...unknown.map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() })),
    { fromMs: quarters.first * QUARTER_MINUTES * 60_000, toMs: range.from.getTime() },
    { fromMs: range.to.getTime(), toMs: (quarters.first + known.length) * QUARTER_MINUTES * 60_000 },
  ];
  for (const { fromMs, toMs } of out) {
    if (fromMs < toMs)
      leaveOut(known, quarters, {
        from: Math.floor(fromMs / 60_000),
        to: Math.ceil(toMs / 60_000),
        length: 0,
      });
  }
  return known;
}

function sumsOf(
  { busy }: TrafficHistory,
  quarters: LocalQuarters,
  of: (index: number) => number,
): readonly number[] {
  const sums = quarters.hours.map(() => 0);
  busy.forEach((minute, i) => {
    const at = Math.floor(minute / QUARTER_MINUTES) - quarters.first;
    if (at >= 0 && at < sums.length) sums[at] = (sums[at] ?? 0) + of(i);
  });
  return sums;
}

/** Whole local hours and their messages. */
function hoursOf(
  history: TrafficHistory,
  quarters: LocalQuarters,
  isUsual: (index: number) => boolean,
): readonly HourVolume[] {
  const sums = sumsOf(history, quarters, (i) => history.messages[i] ?? 0);
  const hours: HourVolume[] = [];
  for (let i = 0; i < sums.length; ) {
    const hourOfWeek = quarters.hours[i] ?? 0;
    const four = [i, i + 1, i + 2, i + 3];
    const isWhole = four.every((at) => quarters.hours[at] === hourOfWeek && isUsual(at));
    if (isWhole) hours.push({ hourOfWeek, messages: four.reduce((sum, at) => sum + (sums[at] ?? 0), 0) });
    i += isWhole ? 4 : 1;
  }
  return hours;
}
