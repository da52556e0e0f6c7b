import type { TimeRange } from "../time/range";

/** One person, on call for a while, half-open. */
export type Shift = {
  readonly userId: string;
  readonly from: Date;
  readonly until: Date;
  /** Stands above what was planned. */
  readonly isOverride: boolean;
};

/** Who is on call at an instant: by the overrides that cover it, or else by the plan. Nobody in a gap, several in an overlap. */
export function onCallAt(shifts: readonly Shift[], at: Date): readonly string[] {
  const covering = shifts.filter(({ from, until }) => from <= at && at < until);
  const overrides = covering.filter(({ isOverride }) => isOverride);
  const standing = overrides.length > 0 ? overrides : covering;
  return [...new Set(standing.map(({ userId }) => userId))];
}

/** Where a range has nobody, and where it has more than one. */
export type RotaTrouble = {
  readonly gaps: readonly TimeRange[];
  readonly overlaps: readonly (TimeRange & { readonly userIds: readonly string[] })[];
};

export function checkRota(shifts: readonly Shift[], range: TimeRange): RotaTrouble {
  const gaps: TimeRange[] = [];
  const overlaps: (TimeRange & { readonly userIds: readonly string[] })[] = [];
  for (const { from, to, userIds } of stretchesOf(shifts, range)) {
    if (userIds.length === 0) gaps.push({ from, to });
    if (userIds.length > 1) overlaps.push({ from, to, userIds });
  }
  return { gaps, overlaps };
}

type Stretch = TimeRange & { readonly userIds: readonly string[] };

/** The range cut wherever who is on call changes; neighbours with the same people are one. */
function stretchesOf(shifts: readonly Shift[], { from, to }: TimeRange): readonly Stretch[] {
  const inside = (at: Date) => at > from && at < to;
  const cuts = [from, ...shifts.flatMap((shift) => [shift.from, shift.until]).filter(inside), to]
    .map((at) => at.getTime())
    .sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  cuts.forEach((cut, i) => {
    const end = cuts[i + 1];
    if (end === undefined || end === cut) return;
    const userIds = onCallAt(shifts, new Date(cut));
    const before = stretches.at(-1);
    if (before !== undefined && before.userIds.join() === userIds.join()) {
      stretches[stretches.length - 1] = { ...before, to: new Date(end) };
    } else stretches.push({ from: new Date(cut), to: new Date(end), userIds });
  });
  return stretches;
}
