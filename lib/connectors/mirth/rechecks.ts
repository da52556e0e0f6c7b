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
 * One window of ids to read again: it begins at the recheck that has been due longest and serves all that are due within.
 * Undefined when none is due.
 */
export function dueWindow(
  rechecks: readonly Recheck[],
  ask: { readonly nowMs: number; readonly width: number; readonly canExplain: boolean },
): DueWindow | undefined {
  const isDue = ({ dueMs, why }: Recheck) => dueMs <= ask.nowMs && (why !== "unexplained" || ask.canExplain);
  const due = rechecks.filter(isDue);
  const [first] = [...due].sort((a, b) => a.dueMs - b.dueMs || a.from - b.from);
  if (first === undefined) return undefined;
  const reach = { from: first.from, to: first.from + ask.width - 1 };
  const served = due.flatMap((one) => cut(one, reach) ?? []);
  const rest = rechecks.flatMap((one) => (isDue(one) ? outside(one, reach) : [one]));
  return { window: { from: first.from, to: Math.max(...served.map(({ to }) => to)) }, served, rest };
}

/** The parts of a range below and above another. */
function outside(range: Recheck, window: IdRange): readonly Recheck[] {
  const below = cut(range, { from: range.from, to: window.from - 1 });
  const above = cut(range, { from: window.to + 1, to: range.to });
  return [below, above].flatMap((rest) => rest ?? []);
}

/** Joins what can be read together; see MAX_RANGES. A wide range of one kind is as good as many narrow ones. */
export function joined(rechecks: readonly Recheck[]): readonly Recheck[] {
  const sorted = [...rechecks].sort(
    (a, b) => compare(kindOf(a), kindOf(b)) || a.from - b.from || a.to - b.to,
  );
  let ranges = joinNeighbours(sorted, 1);
  for (let reach = 8; ranges.length > MAX_RANGES && reach < Number.MAX_SAFE_INTEGER / 8; reach *= 8) {
    ranges = joinNeighbours(ranges, reach);
  }
  return ranges;
}

function joinNeighbours(sorted: readonly Recheck[], reach: number): readonly Recheck[] {
  const ranges: Recheck[] = [];
  for (const next of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && kindOf(last) === kindOf(next) && next.from <= last.to + reach) {
      ranges[ranges.length - 1] = {
        ...last,
        to: Math.max(last.to, next.to),
        dueMs: Math.min(last.dueMs, next.dueMs),
      };
    } else ranges.push(next);
  }
  return ranges;
}

/** Rechecks of one kind ask for the same rows and may become one range. */
function kindOf({ why, legs, replacedSinceMs }: Recheck): string {
  return `${why}/${legs?.join(",") ?? "all"}/${replacedSinceMs ?? ""}`;
}

function cut<Range extends IdRange>(range: Range, to: IdRange): Range | undefined {
  const from = Math.max(range.from, to.from);
  const until = Math.min(range.to, to.to);
  return from > until ? undefined : { ...range, from, to: until };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
