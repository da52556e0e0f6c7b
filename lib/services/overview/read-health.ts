import { assessInterface, type InterfaceHealth } from "@/lib/core/interface/health";
import type { TimeRange } from "@/lib/core/time/range";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { readFailingLegs, readUsualQueues } from "@/lib/db/leg-signs";
import { readSourceGaps, type SourceGap } from "@/lib/db/source-gaps";
import { collectSigns } from "./collect-signs";
import { findLegOutages } from "./find-leg-outages";
import { type Comparisons, readComparisons } from "./read-comparisons";
import { type QueueBefore, readQueuesBefore } from "./read-queues-before";
import { readSilences } from "./read-silences";
import { remember } from "./remember";

/** The health of interfaces and the totals it was judged by. */
export type HealthReading = {
  readonly healths: ReadonlyMap<number, InterfaceHealth>;
  readonly comparisons: Comparisons;
  /** When the last message of each interface came in, among others. */
  readonly silences: Awaited<ReturnType<typeof readSilences>>;
  readonly queuesBefore: ReadonlyMap<number, QueueBefore>;
  /** When whole sources could not be seen. */
  readonly gaps: readonly SourceGap[];
};

const rememberQueues = remember<ReadonlyMap<number, number>>({ ttlMs: 5 * 60_000, size: 8 });

/** Judges interfaces over a snapped range: a handful of set-based questions in parallel, however many there are. */
export async function readHealth(ask: {
  readonly interfaces: readonly InterfaceRecord[];
  readonly range: TimeRange;
  readonly now: Date;
}): Promise<HealthReading> {
  const { interfaces, range, now } = ask;
  const legIds = interfaces.flatMap(({ legs }) => legs.map(({ legId }) => legId));
  const hour = Math.floor(now.getTime() / 3_600_000);
  const [comparisons, failing, outages, silences, usualQueues, gaps, queuesBefore] = await Promise.all([
    readComparisons({ legIds, range, now }),
    readFailingLegs({ legIds, now }),
    findLegOutages({ legIds, range, now }),
    readSilences(interfaces, now),
    rememberQueues(`${hour}/${legIds.join()}`, now.getTime(), () => readUsualQueues({ legIds, now })),
    readSourceGaps(range),
    readQueuesBefore({ legIds, range, now }),
  ]);
  const failingByLeg = new Map(failing.map((leg) => [leg.legId, leg]));
  const readings = { comparisons, failing: failingByLeg, outages, silences, usualQueues, now };
  return {
    comparisons,
    silences,
    gaps,
    queuesBefore,
    healths: new Map(
      interfaces.map((of) => [of.interfaceId, assessInterface(collectSigns(of, readings), now)]),
    ),
  };
}
