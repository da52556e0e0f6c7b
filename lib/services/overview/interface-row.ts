import {
  type InterfaceFigures,
  type LegFigures,
  type UsualSpan,
  unknownFigures,
  usualSpan,
} from "@/lib/core/interface/figures";
import type { InterfaceHealth } from "@/lib/core/interface/health";
import { currentFigures, pastFigures, type Watch } from "@/lib/core/interface/range-figures";
import type { TimeRange } from "@/lib/core/time/range";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { headAgeAt } from "./collect-signs";
import type { PeriodTotals, TotalsByLeg } from "./read-comparisons";
import type { HealthReading } from "./read-health";
import type { QueueBefore } from "./read-queues-before";

/** One line of the worst-first list and of the list of interfaces. */
export type InterfaceRow = {
  readonly of: Omit<InterfaceRecord, "legs" | "columnMapping" | "columns">;
  readonly health: InterfaceHealth;
  readonly figures: InterfaceFigures;
  readonly previous: InterfaceFigures;
  readonly lastWeek: InterfaceFigures;
  /** Lowest and highest of the same hours in the last four weeks. */
  readonly usual: Readonly<Record<"failureRate" | "p95Ms" | "perMinute", UsualSpan | undefined>>;
  /** Messages waiting on all legs; null where the source tells no depth. */
  readonly queueDepth: number | null;
  /** How many waited one range ago and a week ago; null where that is not known. */
  readonly queueBefore: QueueBefore;
  /** Age of the oldest head of its queues, in milliseconds. */
  readonly headAgeMs: number | null;
  readonly lastReceivedAt: Date | undefined;
  readonly destinations: number;
};

/** Puts one interface's line together; undefined for one that was not judged. */
export function interfaceRow(ask: {
  readonly of: InterfaceRecord;
  readonly reading: HealthReading;
  readonly range: TimeRange;
  readonly now: Date;
}): InterfaceRow | undefined {
  const { of, range, now } = ask;
  const { healths, comparisons, silences, gaps, queuesBefore } = ask.reading;
  const health = healths.get(of.interfaceId);
  if (health === undefined) return undefined;
  const lastReceivedAt = silences.get(of.interfaceId)?.since;
  const legs = of.legs.filter(({ isRemoved }) => !isRemoved);
  const watch: Watch = {
    knownFrom: of.knownFrom,
    isReadBack: of.completeBackTo !== null,
    isCountedOnly: of.isCountedOnly && lastReceivedAt === undefined,
    gaps: gaps.filter(({ sourceId }) => sourceId === of.sourceId),
  };
  const past = ({ range: earlier, totals }: PeriodTotals) =>
    pastFigures({ legs: figuresOfLegs(legs, totals), range: earlier, watch });
  const weeks = comparisons.weeks.map(past);
  const { legs: _, columnMapping: __, columns: ___, ...record } = of;
  return {
    of: { ...record, isCountedOnly: watch.isCountedOnly },
    health,
    figures: currentFigures({ legs: figuresOfLegs(legs, comparisons.current.totals), range, watch, now }),
    previous: past(comparisons.previous),
    lastWeek: weeks[0] ?? unknownFigures,
    usual: {
      failureRate: usualSpan(weeks.map(({ failureRate }) => failureRate)),
      p95Ms: usualSpan(weeks.map(({ p95Ms }) => p95Ms)),
      perMinute: usualSpan(weeks.map(({ perMinute }) => perMinute)),
    },
    ...queueOf(legs, now),
    queueBefore: {
      previous: sumKnown(legs.map(({ legId }) => queuesBefore.get(legId)?.previous ?? null)),
      lastWeek: sumKnown(legs.map(({ legId }) => queuesBefore.get(legId)?.lastWeek ?? null)),
    },
    lastReceivedAt,
    destinations: legs.filter(({ direction }) => direction === "destination").length,
  };
}

function queueOf(legs: InterfaceRecord["legs"], now: Date): Pick<InterfaceRow, "queueDepth" | "headAgeMs"> {
  const ages = legs.flatMap((leg) => headAgeAt(leg, now) ?? []);
  return {
    queueDepth: sumKnown(legs.map(({ queueDepth }) => queueDepth)),
    headAgeMs: ages.length === 0 ? null : Math.max(...ages),
  };
}

/** The sum of what is known; null where nothing is. */
function sumKnown(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
}

function figuresOfLegs(legs: InterfaceRecord["legs"], totals: TotalsByLeg): readonly LegFigures[] {
  return legs.flatMap(({ legId, name, direction }) => {
    const total = totals.get(legId);
    return total ? [{ legId, name, direction, counts: total.counts, p95Ms: total.latency.p95 }] : [];
  });
}
