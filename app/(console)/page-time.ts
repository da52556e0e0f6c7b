import { cookies } from "next/headers";
import { readPreferences } from "@/components/shell/preferences";
import { type RangeQuery, resolveRange, type TimeRange } from "@/lib/core/time/range";
import { parseRangeQuery, printRangeQuery, type SearchParams } from "@/lib/core/time/range-query";

/** Zone of people whose device has not named one yet; the shell is told the same. */
export const FALLBACK_ZONE = "UTC";

/** The one clock reading and the one time range of a page. */
export type PageTime = {
  readonly query: RangeQuery;
  readonly range: TimeRange;
  readonly zone: string;
  readonly now: Date;
  /** The explicit choices of range, zone and comparison, for links that must keep them. */
  readonly params: Readonly<Record<string, string>>;
};

/** Reads the time range from the address, with this device's zone as default. */
export async function readPageTime(searchParams: Promise<SearchParams>): Promise<PageTime> {
  const [params, jar] = await Promise.all([searchParams, cookies()]);
  const preferences = readPreferences((name) => jar.get(name)?.value);
  const defaults = { zone: preferences.zone ?? FALLBACK_ZONE };
  const { query } = parseRangeQuery(params, defaults);
  const now = new Date();
  return {
    query,
    range: resolveRange(query, now),
    zone: query.zone,
    now,
    params: printRangeQuery(query, defaults),
  };
}
