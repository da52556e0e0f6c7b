import { z } from "zod";
import type { Found, SearchPage } from "./search";

export const cursorSchema = z.object({
  /** All that was written before has been read. */
  sinceMs: z.int(),
  /** Versions that were read of what was written about then, by id: `<written, epoch ms>/<version>`. */
  seen: z.record(z.string(), z.string()),
  /** The latest that was written of what was read. */
  latestMs: z.int(),
  count: z.int().min(1),
  /** Where a search goes on that was not read to its end. */
  next: z.string().optional(),
  /** When the server is asked next. */
  dueAtMs: z.int(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** How far one type was read. */
export type Place = Omit<Cursor, "dueAtMs" | "next"> & { readonly next: string | undefined };

/** What is committed late carries an earlier time: each search goes back so far behind what was read. */
export const OVERLAP_MS = 60_000;

const A_PAGE = 100;
const MAX_SEEN = 10_000;

export function placeAt(
  known: Cursor | undefined,
  at: { readonly nowMs: number; readonly daysBack: number },
): Place {
  if (known !== undefined) {
    const { dueAtMs: _due, next, ...rest } = known;
    return { ...rest, next };
  }
  const sinceMs = at.nowMs - at.daysBack * 86_400_000;
  return { sinceMs, latestMs: sinceMs, seen: {}, count: A_PAGE, next: undefined };
}

export function cursorOf({ next, ...place }: Place, dueAtMs: number): Cursor {
  return { ...place, dueAtMs, ...(next !== undefined && { next }) };
}

/**
 * What of a page is new, and how far reading has come with it. Where a server sorts as it is asked to, every page counts;
 * where it does not, only a search that was read to its end.
 */
export function advanced(
  place: Place,
  page: Pick<SearchPage, "found" | "next">,
): { readonly fresh: readonly unknown[]; readonly place: Place } {
  const fresh = page.found.filter((one) => place.seen[one.id] !== printSeen(one));
  const times = page.found.flatMap(({ writtenAtMs }) => writtenAtMs ?? []);
  const isSorted = times.every((ms, i) => i === 0 || ms >= (times[i - 1] ?? ms));
  const first = times[0] ?? place.latestMs;
  const latestMs = times.reduce((latest, ms) => Math.max(latest, ms), place.latestMs);
  const isInOrder = isSorted && times.length === page.found.length && first >= place.sinceMs - OVERLAP_MS;
  const sinceMs = page.next === undefined || isInOrder ? Math.max(place.sinceMs, latestMs) : place.sinceMs;
  const seen = [
    ...Object.entries(place.seen),
    ...page.found.map((one): [string, string] => [one.id, printSeen(one)]),
  ].filter(([, version]) => Number.parseInt(version, 10) >= sinceMs - OVERLAP_MS);
  return {
    fresh: fresh.map(({ resource }) => resource),
    place: { ...place, sinceMs, latestMs, seen: Object.fromEntries(seen.slice(-MAX_SEEN)), next: page.next },
  };
}

/** Without a time it counts as written at the beginning of time, and is not remembered. */
function printSeen({ writtenAtMs = 0, version }: Found): string {
  return `${writtenAtMs}/${version}`;
}
