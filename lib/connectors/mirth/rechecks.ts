import { z } from "zod";

/**
 * Ids that must be read again: `open` rows are not final, `gap` ids were missing and may have been written late,
 * `replaced` ids were processed again in place, `unexplained` rows failed and their error text was not read yet.
 */
export const recheckSchema = z.object({
  from: z.int(),
  to: z.int(),
  why: z.enum(["open", "gap", "replaced", "unexplained"]),
  /** Only these connectors; all where absent. */
  legs: z.array(z.int()).optional(),
  /** For `replaced`: only messages whose processing began at or after this instant of the engine. */
  replacedSinceMs: z.int().optional(),
  dueMs: z.int(),
});
export type Recheck = z.infer<typeof recheckSchema>;

export type IdRange = { readonly from: number; readonly to: number };

/** A channel keeps at most this many ranges; beyond that neighbours are joined, which reads more than is needed. */
export const MAX_RANGES = 300;

export type DueWindow = {
  readonly window: IdRange;
  /** What the window serves, cut to it. */
  readonly served: readonly Recheck[];
  /** What is left to read again afterwards. */
  readonly rest: readonly Recheck[];
};

/**
 * One window of ids to read again: it begins at the recheck that has been due longest and serves all within that are due,
 * or open and due soon. Undefined when none is due.
 */
export function dueWindow(
  rechecks: readonly Recheck[],
  ask: { readonly nowMs: number; readonly width: number; readonly canExplain: boolean },
): DueWindow | undefined {
  const isDue = ({ dueMs, why }: Recheck) => dueMs <= ask.nowMs && (why !== "unexplained" || ask.canExplain);
  const [first] = rechecks.filter(isDue).sort((a, b) => a.dueMs - b.dueMs || a.from - b.from);
  if (first === undefined) return undefined;
  const reach = { from: first.from, to: first.from + ask.width - 1 };
  // Open rows that are due soon cost nothing more in the same window.
  const isServed = (one: Recheck) => isDue(one) || (one.why === "open" && one.dueMs <= ask.nowMs + SOON_MS);
  const served = rechecks.filter(isServed).flatMap((one) => cut(one, reach) ?? []);
  const rest = rechecks.flatMap((one) => (isServed(one) ? outside(one, reach) : [one]));
  return { window: { from: first.from, to: Math.max(...served.map(({ to }) => to)) }, served, rest };
}

const SOON_MS = 120_000;

/** The parts of a range below and above another. */
function outside(range: Recheck, window: IdRange): readonly Recheck[] {
  const below = cut(range, { from: range.from, to: window.from - 1 });
  const above = cut(range, { from: window.to + 1, to: range.to });
  return [below, above].flatMap((rest) => rest ?? []);
}

/**
 * Joins what can be read together: neighbouring ids that ask for the same rows in the same minute. Beyond MAX_RANGES also
 * those that are due at other times or lie apart, which reads more than is needed and misses nothing.
 */
export function joined(rechecks: readonly Recheck[]): readonly Recheck[] {
  let ranges = joinNeighbours(rechecks, { reach: 1, kindOf: (one) => `${rowsOf(one)}/${minuteOf(one)}` });
  for (let reach = 1; ranges.length > MAX_RANGES && reach < Number.MAX_SAFE_INTEGER / 8; reach *= 8) {
    ranges = joinNeighbours(ranges, { reach, kindOf: rowsOf });
  }
  return ranges;
}

function joinNeighbours(
  rechecks: readonly Recheck[],
  by: { readonly reach: number; readonly kindOf: (recheck: Recheck) => string },
): readonly Recheck[] {
  const sorted = rechecks
    .map((recheck) => ({ recheck, kind: by.kindOf(recheck) }))
    .sort((a, b) => compare(a.kind, b.kind) || a.recheck.from - b.recheck.from);
  const ranges: { recheck: Recheck; readonly kind: string }[] = [];
  for (const { recheck, kind } of sorted) {
    const last = ranges.at(-1);
    if (last === undefined || last.kind !== kind || recheck.from > last.recheck.to + by.reach) {
      ranges.push({ recheck, kind });
      continue;
    }
    const to = Math.max(last.recheck.to, recheck.to);
    last.recheck = { ...last.recheck, to, dueMs: Math.min(last.recheck.dueMs, recheck.dueMs) };
  }
  return ranges.map(({ recheck }) => recheck);
}

function rowsOf({ why, legs, replacedSinceMs }: Recheck): string {
  return `${why}/${legs?.join(",") ?? "all"}/${replacedSinceMs ?? ""}`;
}

function minuteOf({ dueMs }: Recheck): number {
  return Math.floor(dueMs / 60_000);
}

function cut<Range extends IdRange>(range: Range, to: IdRange): Range | undefined {
  const from = Math.max(range.from, to.from);
  const until = Math.min(range.to, to.to);
  return from > until ? undefined : { ...range, from, to: until };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
