import { usualSpan } from "@/lib/core/interface/figures";
import type { Outage } from "@/lib/core/interface/outage";
import type { InterfaceSigns, LegSigns } from "@/lib/core/interface/signs";
import { failureRate } from "@/lib/core/metric/outcome-counts";
import type { InterfaceRecord, LegRecord } from "@/lib/db/interfaces-read";
import type { FailingLeg } from "@/lib/db/leg-signs";
import type { Comparisons } from "./read-comparisons";

/** All that was read, from which the signs of each interface are put together. */
export type Readings = {
  readonly comparisons: Comparisons;
  readonly failing: ReadonlyMap<number, FailingLeg>;
  readonly outages: ReadonlyMap<number, readonly Outage[]>;
  readonly silences: ReadonlyMap<number, InterfaceSigns["silence"]>;
  readonly usualQueues: ReadonlyMap<number, number>;
  readonly now: Date;
};

/** The signs by which one interface is judged. */
export function collectSigns(of: InterfaceRecord, readings: Readings): InterfaceSigns {
  const silence = readings.silences.get(of.interfaceId);
  const isCountedOnly = of.isCountedOnly && silence === undefined;
  return {
    interfaceId: of.interfaceId,
    name: of.name,
    criticality: of.criticality,
    ...(of.state === null ? {} : { engineState: of.state }),
    isPaused: of.isPaused,
    ...(of.unseenSince === null ? {} : { unseenSince: of.unseenSince }),
    ...(silence === undefined ? {} : { silence }),
    ...(isCountedOnly ? { countedOnly: receivedOf(of) } : {}),
    legs: of.legs.filter(({ isRemoved }) => !isRemoved).map((leg) => legSigns(leg, readings)),
  };
}

/** What came in by the engine's own counters. */
function receivedOf({ legs }: InterfaceRecord): number {
  const sources = legs.filter(({ direction }) => direction === "source");
  return sources.reduce((sum, { counters }) => sum + (counters?.received ?? 0), 0);
}

function legSigns(leg: LegRecord, readings: Readings): LegSigns {
  const { comparisons, now } = readings;
  const { legId, name, direction, queueDepth } = leg;
  const current = comparisons.current.totals.get(legId);
  const failing = readings.failing.get(legId);
  const weeks = comparisons.weeks.flatMap(({ totals }) => totals.get(legId) ?? []);
  return {
    legId,
    name,
    direction,
    ok: current?.counts.ok ?? 0,
    failed: current?.counts.failed ?? 0,
    pending: current?.counts.pending ?? 0,
    p95Ms: current?.latency.p95 ?? null,
    ...(failing === undefined ? {} : { failing: { since: failing.since, failed: failing.failed } }),
    outages: readings.outages.get(legId) ?? [],
    queueDepth,
    headAgeMs: headAgeAt(leg, now),
    usual: {
      failureRateHigh: usualSpan(weeks.map(({ counts }) => failureRate(counts)))?.high ?? null,
      p95HighMs: usualSpan(weeks.map(({ latency }) => latency.p95))?.high ?? null,
      queueHigh: readings.usualQueues.get(legId) ?? null,
    },
  };
}

/** The head has aged since it was measured; what was measured long ago says nothing of the present. */
export function headAgeAt(
  { headAgeMs, headAgeAt: measuredAt, queueDepth }: LegRecord,
  now: Date,
): number | null {
  if (headAgeMs === null || measuredAt === null || (queueDepth ?? 0) === 0) return null;
  const elapsedMs = Math.max(0, now.getTime() - Date.parse(measuredAt));
  return elapsedMs > HEAD_STALE_MS ? null : headAgeMs + elapsedMs;
}

const HEAD_STALE_MS = 15 * 60_000;
