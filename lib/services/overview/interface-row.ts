import { figuresOf, type InterfaceFigures, type UsualSpan, usualSpan } from "@/lib/core/interface/figures";
import type { InterfaceHealth } from "@/lib/core/interface/health";
import type { TimeRange } from "@/lib/core/time/range";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { headAgeAt } from "./collect-signs";
import type { Comparisons, TotalsByLeg } from "./read-comparisons";

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
  /** Age of the oldest head of its queues, in milliseconds. */
  readonly headAgeMs: number | null;
  readonly lastReceivedAt: Date | undefined;
  readonly destinations: number;
};

/** Puts one interface's line together. */
export function interfaceRow(ask: {
  readonly of: InterfaceRecord;
  readonly health: InterfaceHealth;
  readonly comparisons: Comparisons;
  readonly range: TimeRange;
  readonly lastReceivedAt: Date | undefined;
  readonly now: Date;
}): InterfaceRow {
  const { of, health, comparisons, range, lastReceivedAt, now } = ask;
  const legs = of.legs.filter(({ isRemoved }) => !isRemoved);
  const wholeMs = range.to.getTime() - range.from.getTime();
  const passedMs = Math.min(now.getTime(), range.to.getTime()) - range.from.getTime();
  const figures = (totals: TotalsByLeg, ms: number) => figuresIn({ legs, totals, elapsedMs: ms });
  const weeks = comparisons.weeks.map((week) => figures(week, wholeMs));
  const depths = legs.flatMap(({ queueDepth }) => queueDepth ?? []);
  const ages = legs.flatMap((leg) => headAgeAt(leg, now) ?? []);
  const { legs: _, columnMapping: __, columns: ___, ...record } = of;
  return {
    of: record,
    health,
    figures: figures(comparisons.current, passedMs),
    previous: figures(comparisons.previous, wholeMs),
    lastWeek: weeks[0] ?? figures(new Map(), wholeMs),
    usual: {
      failureRate: usualSpan(weeks.map(({ failureRate }) => failureRate)),
      p95Ms: usualSpan(weeks.map(({ p95Ms }) => p95Ms)),
      perMinute: usualSpan(weeks.map(({ perMinute }) => perMinute)),
    },
    queueDepth: depths.length === 0 ? null : depths.reduce((sum, depth) => sum + depth, 0),
    headAgeMs: ages.length === 0 ? null : Math.max(...ages),
    lastReceivedAt,
    destinations: legs.filter(({ direction }) => direction === "destination").length,
  };
}

function figuresIn(ask: {
  readonly legs: InterfaceRecord["legs"];
  readonly totals: TotalsByLeg;
  readonly elapsedMs: number;
}): InterfaceFigures {
  const legs = ask.legs.flatMap(({ legId, name, direction }) => {
    const total = ask.totals.get(legId);
    return total ? [{ legId, name, direction, counts: total.counts, p95Ms: total.latency.p95 }] : [];
  });
  return figuresOf(legs, ask.elapsedMs);
}
