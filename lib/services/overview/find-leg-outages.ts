import { groupBy } from "@/lib/core/group-by";
import { hoursToRead, mergeHours } from "@/lib/core/interface/hours";
import { findOutages, type Outage } from "@/lib/core/interface/outage";
import type { TimeRange } from "@/lib/core/time/range";
import type { LegCount } from "@/lib/db/leg-counts";
import { readFailingMinutes } from "@/lib/db/leg-signs";
import { readRecentCounts } from "./read-recent-counts";
import { remember } from "./remember";

/** Outages are told to the minute over at most the last two days: what lies further back is history, not news. */
const REACH_MS = 48 * 3_600_000;

type Ask = { readonly legIds: readonly number[]; readonly range: TimeRange; readonly now: Date };
type Outages = ReadonlyMap<number, readonly Outage[]>;

// What is down now is told by readFailingLegs, at once; what was down may be told half a minute late.
const rememberOutages = remember<Outages>({ ttlMs: 30_000, size: 16 });

/** The outages of each leg within a range. Legs without one are left out. */
export async function findLegOutages(ask: Ask): Promise<Outages> {
  const { legIds, range, now } = ask;
  const from = wholeHour(new Date(Math.max(range.from.getTime(), now.getTime() - REACH_MS)));
  if (from >= range.to) return new Map();
  const key = `${from.getTime()}-${range.to.getTime()}/${legIds.join()}`;
  return rememberOutages(key, now.getTime(), () => findOutagesIn({ ...ask, range: { from, to: range.to } }));
}

async function findOutagesIn({ legIds, range, now }: Ask): Promise<Outages> {
  const counts = await readRecentCounts({ legIds, range, step: "hour", now });
  const byLeg = groupBy(counts, ({ legId }) => legId);
  const wanted = [...byLeg]
    .map(([legId, hours]) => ({ legId, hours: inOrder(hours) }))
    .flatMap(({ legId, hours }) => hoursToRead(hours).map((hour) => ({ legId, hour })));
  const minutes = groupBy(await readFailingMinutes(wanted), ({ legId }) => legId);
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
