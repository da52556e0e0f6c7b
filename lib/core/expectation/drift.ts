import type { ExpectedVolume } from "./history";

/** How something drifts from what it usually is, with the figures that show it. */
export type Drift =
  | { readonly kind: "too_few"; readonly messages: number; readonly expectedLow: number }
  | { readonly kind: "too_many"; readonly messages: number; readonly expectedHigh: number }
  | { readonly kind: "slower"; readonly p95Ms: number; readonly usualMs: number }
  | { readonly kind: "queue_growing"; readonly perHour: number; readonly depth: number }
  | { readonly kind: "head_old"; readonly headAgeMs: number; readonly limitMs: number };

/** Less than half of the least that whole hours usually have, or more than twice the most. Chance scatters small numbers. */
export function volumeDrift(messages: number, hours: readonly ExpectedVolume[]): Drift | undefined {
  const known = hours.filter((hour) => hour !== null);
  if (known.length === 0 || known.length < hours.length) return undefined;
  const low = known.reduce((sum, hour) => sum + hour.low, 0);
  const high = known.reduce((sum, hour) => sum + hour.high, 0);
  if (low >= MIN_LOW && messages < low / 2) return { kind: "too_few", messages, expectedLow: low };
  if (messages >= MIN_SURGE && messages > high * 2) return { kind: "too_many", messages, expectedHigh: high };
  return undefined;
}

/** Slower than twice the median of the same hours in earlier weeks. One slow week among them changes nothing. */
export function latencyDrift(p95Ms: number | null, weeks: readonly (number | null)[]): Drift | undefined {
  const known = weeks.filter((week) => week !== null).toSorted((a, b) => a - b);
  const usualMs = known[Math.floor((known.length - 1) / 2)];
  if (p95Ms === null || usualMs === undefined || known.length < MIN_LATENCY_WEEKS) return undefined;
  if (p95Ms <= Math.max(2 * usualMs, SLOW_FLOOR_MS)) return undefined;
  return { kind: "slower", p95Ms, usualMs };
}

/** Depths at instants: growing when the middle of all slopes between them (Theil–Sen) is up, and it has become long. */
export function queueDrift(
  depths: readonly { readonly at: Date; readonly depth: number }[],
): Drift | undefined {
  const slopes = depths.flatMap((a, i) =>
    depths.slice(i + 1).flatMap((b) => {
      const hours = (b.at.getTime() - a.at.getTime()) / 3_600_000;
      return hours > 0 ? [(b.depth - a.depth) / hours] : [];
    }),
  );
  const perHour = slopes.toSorted((a, b) => a - b)[Math.floor((slopes.length - 1) / 2)];
  const depth = depths.at(-1)?.depth ?? 0;
  const first = depths[0]?.depth ?? depth;
  if (perHour === undefined || depths.length < MIN_DEPTHS || perHour <= 0) return undefined;
  if (depth < QUEUE_FLOOR || depth < 2 * first) return undefined;
  return { kind: "queue_growing", perHour, depth };
}

/** The head of a queue waits longer than is allowed. */
export function headDrift(headAgeMs: number | null, limitMs: number): Drift | undefined {
  return headAgeMs !== null && headAgeMs > limitMs ? { kind: "head_old", headAgeMs, limitMs } : undefined;
}

const MIN_LOW = 10;
const MIN_SURGE = 50;
const MIN_LATENCY_WEEKS = 3;
const SLOW_FLOOR_MS = 1_000;
const MIN_DEPTHS = 4;
const QUEUE_FLOOR = 20;
