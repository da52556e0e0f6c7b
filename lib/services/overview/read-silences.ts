import { groupBy } from "@/lib/core/group-by";
import type { InterfaceSigns } from "@/lib/core/interface/signs";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { readLastReceived, readSameStretch } from "@/lib/db/leg-signs";

type Silence = NonNullable<InterfaceSigns["silence"]>;

const SHORTEST_MS = 10 * 60_000;
const LONGEST_MS = 24 * 3_600_000;
const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * Since when each interface has had no message, and the fewest that came in the same stretch of the last four weeks
 * (weeks that were watched only). Interfaces that never had one are left out. A silence of days is compared by its last 24 h.
 */
export async function readSilences(
  interfaces: readonly InterfaceRecord[],
  now: Date,
): Promise<ReadonlyMap<number, Silence>> {
  const sourceLegs = (of: InterfaceRecord) => of.legs.filter(({ direction }) => direction === "source");
  const lastOf = await readLastReceived({
    legIds: interfaces.flatMap((of) => sourceLegs(of).map(({ legId }) => legId)),
    now,
  });
  const last = interfaces.flatMap((of) => {
    const instants = sourceLegs(of).flatMap(({ legId }) => lastOf.get(legId)?.getTime() ?? []);
    return instants.length === 0 ? [] : [{ of, since: new Date(Math.max(...instants)) }];
  });
  const silent = last.filter(({ since }) => now.getTime() - since.getTime() >= SHORTEST_MS);
  const counts = await readSameStretch({
    silent: silent.flatMap(({ of, since }) =>
      sourceLegs(of).map(({ legId }) => ({ legId, since: latest(since, now) })),
    ),
    now,
  });
  const byLeg = groupBy(counts, ({ legId }) => legId);
  return new Map(
    last.map(({ of, since }) => {
      const known = [1, 2, 3, 4].filter(
        (week) => latest(since, now).getTime() - week * WEEK_MS >= of.knownFrom.getTime(),
      );
      const own = sourceLegs(of).flatMap(({ legId }) => byLeg.get(legId) ?? []);
      const totals = known.map((week) =>
        own.filter(({ weeksAgo }) => weeksAgo === week).reduce((sum, { messages }) => sum + messages, 0),
      );
      return [
        of.interfaceId,
        { since, usualLow: totals.length > 0 ? Math.min(...totals) : 0, weeks: totals.length },
      ];
    }),
  );
}

function latest(since: Date, now: Date): Date {
  return new Date(Math.max(since.getTime(), now.getTime() - LONGEST_MS));
}
