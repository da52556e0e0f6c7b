import { groupBy } from "@/lib/core/group-by";
import { hoursToRead, mergeHours } from "@/lib/core/interface/hours";
import { findOutages, type Outage } from "@/lib/core/interface/outage";
import type { TimeRange } from "@/lib/core/time/range";
import { type LegCount, readLegCounts } from "@/lib/db/leg-counts";
import { readMinutesOf } from "@/lib/db/leg-signs";

/** Outages are told to the minute over at most the last two days: what lies further back is history, not news. */
const REACH_MS = 48 * 3_600_000;
/** More hours than this to look into means that nearly everything is down; the worst of them say so well enough. */
const MAX_HOURS = 600;

/** The outages of each leg within a range. Legs without one are left out. */
export async function findLegOutages(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
  readonly now: Date;
}): Promise<ReadonlyMap<number, readonly Outage[]>> {
  const from = new Date(Math.max(ask.range.from.getTime(), ask.now.getTime() - REACH_MS));
  if (from >= ask.range.to) return new Map();
  const counts = await readLegCounts({
    legIds: ask.legIds,
    range: { from: wholeHour(from), to: ask.range.to },
    step: "hour",
  });
  const byLeg = groupBy(counts, ({ legId }) => legId);
  const wanted = [...byLeg]
    .map(([legId, hours]) => ({ legId, hours: inOrder(hours) }))
    .flatMap(({ legId, hours }) => hoursToRead(hours).map((hour) => ({ legId, hour })))
    .slice(0, MAX_HOURS);
  const minutes = groupBy(await readMinutesOf(wanted), ({ legId }) => legId);
  return new Map(
    [...minutes].map(([legId, own]) => [
      legId,
      findOutages(mergeHours(inOrder(byLeg.get(legId) ?? []), own)),
    ]),
  );
}

function inOrder(hours: readonly LegCount[]): readonly LegCount[] {
  return hours.filter(({ ok, failed }) => ok + failed > 0).sort((a, b) => a.fromMs - b.fromMs);
}

function wholeHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
}
