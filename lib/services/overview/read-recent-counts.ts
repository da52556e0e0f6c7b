import type { TimeRange } from "@/lib/core/time/range";
import { type CountStep, type LegCount, readLegCounts } from "@/lib/db/leg-counts";
import { remember } from "./remember";

const rememberCounts = remember<readonly LegCount[]>({ ttlMs: 15_000, size: 16 });

/** Counts of legs over time, shared by all who ask for the same within a page and its next refresh. */
export function readRecentCounts(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
  readonly step: CountStep;
  readonly now: Date;
}): Promise<readonly LegCount[]> {
  const { legIds, range, step, now } = ask;
  const key = `${step}/${range.from.getTime()}-${range.to.getTime()}/${legIds.join()}`;
  return rememberCounts(key, now.getTime(), () => readLegCounts({ legIds, range, step }));
}
