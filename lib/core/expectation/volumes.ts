import { medianOf } from "./busy-rates";
import { type ExpectedVolume, WEEK_HOURS } from "./history";

/** Messages of one hour that was watched from its first to its last minute. */
export type HourVolume = { readonly hourOfWeek: number; readonly messages: number };

/**
 * What each hour of the week usually has, robustly: the median over the weeks, and around it three times the usual
 * distance from it (for a bell curve, two standard deviations), at least what chance alone scatters.
 */
export function expectedVolumes(hours: readonly HourVolume[]): readonly ExpectedVolume[] {
  const byHour: number[][] = Array.from({ length: WEEK_HOURS }, () => []);
  for (const { hourOfWeek, messages } of hours) byHour[hourOfWeek]?.push(messages);
  return byHour.map((counts) => {
    const median = medianOf(counts);
    if (median === undefined) return null;
    const spread = medianOf(counts.map((count) => Math.abs(count - median))) ?? 0;
    const reach = Math.max(3 * spread, 2 * Math.sqrt(median));
    return { low: Math.max(0, Math.floor(median - reach)), median, high: Math.ceil(median + reach) };
  });
}
