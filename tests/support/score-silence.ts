import { expectedTime } from "@/lib/core/expectation/expected-time";
import { type Expectation, LEARNING_WEEKS } from "@/lib/core/expectation/history";
import { judgeSilence } from "@/lib/core/expectation/judge-silence";
import { learnExpectation } from "@/lib/core/expectation/learn";
import { localQuarters } from "@/lib/core/expectation/local-quarters";
import { countWithin } from "@/lib/core/expectation/recent-level";
import type { InterfaceSeries } from "./interface-year";

/** A planted outage: how long it was by the measure of its hours, and when it was noticed. */
export type JudgedOutage = {
  readonly from: Date;
  readonly to: Date;
  /** The longest silence that the same hours of the week have without outages, the hour before and after included. */
  readonly usualGapMs: number;
  /** From the last message before it to the first after it. */
  readonly gapMs: number;
  readonly isLong: boolean;
  /** From the beginning of the outage to the alarm; null = never told. */
  readonly delayMs: number | null;
  readonly isToldBeforeEnd: boolean;
};

export type SilenceScore = {
  readonly name: string;
  readonly outages: readonly JudgedOutage[];
  readonly falseAlarms: readonly Date[];
  readonly months: number;
};

const WEEK = 7 * 1_440;
const MONTH = 30.4 * 1_440;
/** As many weeks as the product keeps minutes of. */
const LEARN_WEEKS = 5;

/** Runs the detector over a series as the product would, learning anew each week, and holds its alarms against the truth. */
export function scoreSilence(series: InterfaceSeries): SilenceScore {
  const { range } = series;
  const [first, end] = [minuteOf(range.from), minuteOf(range.to)];
  const start = first + LEARNING_WEEKS * WEEK;
  const alarms: Alarm[] = [];
  for (let week = start; week < end; week += WEEK) {
    const expectation = learnUntil(series, week);
    alarms.push(...alarmsIn({ series, expectation, from: week, to: Math.min(week + WEEK, end) }));
  }
  const usual = usualGaps(series);
  const told = uniqueBy(alarms);
  const outages = series.outages
    .filter(({ from }) => minuteOf(from) >= start)
    .map((outage) => judgeOutage({ outage, told, usual, series }));
  const planted = series.outages.map(({ from, to }) => [minuteOf(from), minuteOf(to)] as const);
  const falseAlarms = told.filter(
    ({ from, to }) => !planted.some(([outageFrom, outageTo]) => outageFrom < to && outageTo > from),
  );
  return {
    name: series.name,
    outages,
    falseAlarms: falseAlarms.map(({ at }) => new Date(at * 60_000)),
    months: Math.max(0, end - start) / MONTH,
  };
}

/** A silence [from, to) that was told at `at`. */
type Alarm = { readonly from: number; readonly to: number; readonly at: number };

function learnUntil(series: InterfaceSeries, week: number): Expectation {
  const from = Math.max(minuteOf(series.range.from), week - LEARN_WEEKS * WEEK);
  const [low, high] = [countWithin(series.busy, 0, from), countWithin(series.busy, 0, week)];
  return learnExpectation({
    zone: series.zone,
    range: { from: new Date(from * 60_000), to: new Date(week * 60_000) },
    busy: series.busy.slice(low, high),
    messages: series.messages.slice(low, high),
    unknown: series.unknown,
    holidays: new Set(series.holidays),
  });
}

function alarmsIn(ask: {
  readonly series: InterfaceSeries;
  readonly expectation: Expectation;
  readonly from: number;
  readonly to: number;
}): readonly Alarm[] {
  const { series, expectation, from, to } = ask;
  const { busy } = series;
  const range = { from: new Date((from - WEEK) * 60_000), to: new Date(to * 60_000) };
  const quarters = localQuarters(range, series.zone);
  const time = expectedTime({ quarters, busyMinutes: expectation.busyMinutes });
  const busyIn = (a: number, b: number) => countWithin(busy, a, b);
  const alarms: Alarm[] = [];
  for (let i = countWithin(busy, 0, from) - 1; i < busy.length; i++) {
    const [last, next = minuteOf(series.range.to)] = [busy[i], busy[i + 1]];
    if (last === undefined || next <= from) continue;
    if (last >= to) break;
    if (isUnknown(series, last, next)) continue;
    const stop = Math.min(next, to);
    const isLong = time.between(last + 1, stop) > expectation.quietLimit;
    if (!isLong && !(expectation.isScheduled && stop - last > 60)) continue;
    const lastAt = new Date((last + 1) * 60_000);
    const isSilent = (at: number) =>
      judgeSilence({
        expectation,
        ownerLimitMs: undefined,
        lastAt,
        now: new Date(at * 60_000),
        busyIn,
      }).kind === "silent";
    const at = firstSilent({
      from: Math.max(last + 1, from),
      to: stop,
      isSilent,
      isScheduled: expectation.isScheduled,
    });
    if (at !== undefined) alarms.push({ from: last + 1, to: next, at });
  }
  return alarms;
}

/** What is expected only grows, so the first minute can be halved in on; a timetable is walked in steps. */
function firstSilent(ask: {
  readonly from: number;
  readonly to: number;
  readonly isSilent: (at: number) => boolean;
  readonly isScheduled: boolean;
}): number | undefined {
  const { from, to, isSilent } = ask;
  if (ask.isScheduled) {
    for (let at = from; at < to; at += 5) if (isSilent(at)) return at;
    return undefined;
  }
  if (!isSilent(to)) return undefined;
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isSilent(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function judgeOutage(ask: {
  readonly outage: InterfaceSeries["outages"][number];
  readonly told: readonly Alarm[];
  readonly usual: (from: number, to: number) => number;
  readonly series: InterfaceSeries;
}): JudgedOutage {
  const { outage, told, series } = ask;
  const [from, to] = [minuteOf(outage.from), minuteOf(outage.to)];
  const at = countWithin(series.busy, 0, from);
  const [before = from, after = to] = [series.busy[at - 1], series.busy[countWithin(series.busy, 0, to)]];
  const alarm = told.find((one) => one.from < to && one.to > from);
  const usualGapMs = outage.usualGapMs ?? ask.usual(before, after) * 60_000;
  const gapMs = (after - before - 1) * 60_000;
  return {
    from: outage.from,
    to: outage.to,
    usualGapMs,
    gapMs,
    isLong: to > from && outage.to.getTime() - outage.from.getTime() > 2 * usualGapMs,
    delayMs: alarm === undefined ? null : (alarm.at - from) * 60_000,
    isToldBeforeEnd: alarm !== undefined && alarm.at <= to,
  };
}

/** By hour of the local week, the longest silence that touched it in any week and no outage had a part in. */
function usualGaps(series: InterfaceSeries): (from: number, to: number) => number {
  const quarters = localQuarters(series.range, series.zone);
  const hourAt = (minute: number) => quarters.hours[Math.floor(minute / 15) - quarters.first];
  const planted = series.outages.map((outage) => [minuteOf(outage.from), minuteOf(outage.to)] as const);
  const gaps: number[][] = Array.from({ length: 168 }, () => []);
  series.busy.forEach((next, i) => {
    const last = series.busy[i - 1];
    if (last === undefined || planted.some(([from, to]) => from < next && to > last)) return;
    for (const hour of hoursTouched(last, next, hourAt)) gaps[hour]?.push(next - last - 1);
  });
  const longest = gaps.map((own) => own.reduce((most, gap) => Math.max(most, gap), 0));
  return (from, to) => Math.max(0, ...[...hoursTouched(from, to, hourAt)].map((hour) => longest[hour] ?? 0));
}

function hoursTouched(
  from: number,
  to: number,
  hourAt: (minute: number) => number | undefined,
): ReadonlySet<number> {
  const hours = new Set<number>();
  for (let at = from; at <= to; at += 15) {
    const hour = hourAt(at);
    if (hour !== undefined) hours.add(hour);
  }
  return hours;
}

function isUnknown({ unknown }: InterfaceSeries, from: number, to: number): boolean {
  return unknown.some((one) => minuteOf(one.from) < to && minuteOf(one.to) > from);
}

/** A silence across two weeks is told once. */
function uniqueBy(alarms: readonly Alarm[]): readonly Alarm[] {
  return alarms.filter((alarm, i) => alarms.findIndex(({ from }) => from === alarm.from) === i);
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000);
}
