import type { JudgedProblem, ProblemLeg } from "./problem";
import type { LegSigns } from "./signs";

/*
 * When a number is abnormal. Usual values come from the same hours of earlier weeks, so a quiet night is not compared
 * with a busy noon; the floors keep a handful of messages from raising an alarm.
 */
const FAILING_CRITICAL_COUNT = 3;
const FAILING_MIN_COUNT = 2;
const FAILING_LASTING_MS = 15 * 60_000;
const HEAD_WARNING_MS = 5 * 60_000;
const HEAD_CRITICAL_MS = 30 * 60_000;
const QUEUE_FLOOR = 50;
const RATE_MIN_FAILED = 5;
const RATE_WITHOUT_HISTORY = 0.05;
const RATE_CRITICAL = 0.25;
const SLOW_MIN_SAMPLES = 20;
const SLOW_FLOOR_MS = 1_000;

/** A failure rate above this is abnormal, given the highest of the same hours in earlier weeks (null = none). */
export function rateLimit(usualHigh: number | null): number {
  return usualHigh === null ? RATE_WITHOUT_HISTORY : Math.max(2 * usualHigh, usualHigh + 0.005);
}

/** A p95 above this is abnormal, given the highest of the same hours in earlier weeks. */
export function delayLimitMs(usualHighMs: number): number {
  return Math.max(2 * usualHighMs, SLOW_FLOOR_MS);
}

/** What is wrong with one leg, at `now`. Pure; order follows the rules below, not severity. */
export function judgeLeg(signs: LegSigns, now: Date): readonly JudgedProblem[] {
  return [judgeFailing, judgeQueue, judgeRate, judgeSlowness, judgePast].flatMap((rule) => rule(signs, now));
}

/** One failed message as the newest is chance; two, or one that nothing has followed for a while, are not. */
function judgeFailing(signs: LegSigns, now: Date): JudgedProblem[] {
  if (!signs.failing) return [];
  const { since, failed } = signs.failing;
  const isLasting = now.getTime() - since.getTime() >= FAILING_LASTING_MS;
  const isRepeated = failed >= FAILING_MIN_COUNT;
  if (!isLasting && !isRepeated) return [];
  const isCritical = failed >= FAILING_CRITICAL_COUNT || (isLasting && isRepeated);
  return [{ kind: "failing", leg: legOf(signs), since, failed, level: isCritical ? "critical" : "warning" }];
}

function judgeQueue(signs: LegSigns, now: Date): JudgedProblem[] {
  const depth = signs.queueDepth ?? 0;
  const headAgeMs = signs.headAgeMs ?? 0;
  if (depth > 0 && headAgeMs >= HEAD_WARNING_MS) {
    const level = headAgeMs >= HEAD_CRITICAL_MS ? "critical" : "warning";
    const since = new Date(now.getTime() - headAgeMs);
    return [{ kind: "queue_stuck", leg: legOf(signs), since, depth, headAgeMs, level }];
  }
  const usualHigh = signs.usual?.queueHigh ?? null;
  if (depth < QUEUE_FLOOR || depth <= 2 * (usualHigh ?? 0)) return [];
  return [{ kind: "queue_long", leg: legOf(signs), depth, usualHigh, level: "warning" }];
}

/** Failures that an outage explains are left out: they are told once, as the outage. */
function judgeRate(signs: LegSigns): JudgedProblem[] {
  const explained = signs.outages.reduce((sum, outage) => sum + outage.failed, 0);
  const failed = signs.failed - explained;
  if (signs.failing || failed < RATE_MIN_FAILED) return [];
  const rate = failed / (signs.ok + failed);
  const usualHigh = signs.usual?.failureRateHigh ?? null;
  if (rate <= rateLimit(usualHigh)) return [];
  const level = rate >= RATE_CRITICAL && failed >= 10 ? "critical" : "warning";
  return [{ kind: "fails_more", leg: legOf(signs), rate, failed, usualHigh, level }];
}

function judgeSlowness(signs: LegSigns): JudgedProblem[] {
  const usualHighMs = signs.usual?.p95HighMs ?? null;
  if (signs.p95Ms === null || usualHighMs === null || signs.ok < SLOW_MIN_SAMPLES) return [];
  if (signs.p95Ms <= delayLimitMs(usualHighMs)) return [];
  return [{ kind: "slower", leg: legOf(signs), p95Ms: signs.p95Ms, usualHighMs, level: "warning" }];
}

function judgePast(signs: LegSigns): JudgedProblem[] {
  return signs.outages
    .filter((outage) => outage.isOver)
    .map(({ from, to, failed }) => ({
      kind: "was_down",
      leg: legOf(signs),
      from,
      to,
      failed,
      level: "notice",
    }));
}

function legOf({ legId, name, direction }: LegSigns): ProblemLeg {
  return { legId, name, direction };
}
