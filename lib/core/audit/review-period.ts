import type { TimeRange } from "../time/range";
import { instantAt, startOfDay, zonedParts } from "../time/zone";
import type { ReviewKind } from "./review-words";

/** Weeks that can still be reviewed, and quarters. */
const HOW_MANY = { activity: 8, access: 2 } as const;

/** The periods of a kind that are over by now and can be reviewed, newest first; of access the present quarter too. */
export function reviewPeriods(ask: {
  readonly kind: ReviewKind;
  readonly now: Date;
  readonly zone: string;
}): readonly TimeRange[] {
  const { kind, now, zone } = ask;
  const count = HOW_MANY[kind];
  switch (kind) {
    case "activity":
      return Array.from({ length: count }, (_, back) => week({ now, zone, back: back + 1 }));
    case "access":
      return Array.from({ length: count }, (_, back) => quarter({ now, zone, back }));
  }
}

type Back = { readonly now: Date; readonly zone: string; readonly back: number };

/** Monday to Monday, `back` weeks before the one that `now` lies in. */
function week({ now, zone, back }: Back): TimeRange {
  const sinceMonday = (zonedParts(now, zone).weekday + 6) % 7;
  const monday = (days: number) => startOfDay({ instant: now, zone, days: days - sinceMonday });
  return { from: monday(-7 * back), to: monday(-7 * (back - 1)) };
}

/** Three calendar months, `back` quarters before the one that `now` lies in. */
function quarter({ now, zone, back }: Back): TimeRange {
  const { year, month } = zonedParts(now, zone);
  const first = Math.floor((month - 1) / 3) * 3 + 1 - 3 * back;
  const at = (month1: number) => instantAt({ year, month: month1, day: 1 }, zone);
  return { from: at(first), to: at(first + 3) };
}
