import type { DemoState } from "@/lib/core/demo/schema";
import type { Item } from "@/lib/core/message/schema";
import { type HistoryDay, loadHistory } from "@/lib/db/load-history";
import { storeBatch } from "@/lib/ingest/pipeline";
import { createHospital, type Hospital } from "../hospital/hospital";
import { type DayMaker, dayMaker } from "./day-figures";
import { dayGauges } from "./gauges";
import { daysOf, engineKeepsMs, type HistoryPart, pastCalendar } from "./past-calendar";
import { dayAudit, pastChanges } from "./past-events";
import type { PastOf } from "./past-exams";
import { type DemoSources, placeFeeds } from "./place-feeds";
import type { PlacedFeed } from "./placed-feed";

/** A demo whose past can be made part by part. */
export type HistoryFill = {
  readonly hospital: Hospital;
  readonly partsTotal: number;
  /** Loads the next part, newest first, all or nothing. False when the past is complete. */
  fillNext(): Promise<boolean>;
};

/**
 * Prepares to make the past of a demo, from where it was left. Parts that were loaded stay; one that was interrupted is
 * made anew and comes out the same.
 */
export async function openHistory(ask: {
  readonly state: DemoState;
  readonly sources: DemoSources;
  /** What is stored besides figures before anything else, oldest first; the same again does no harm. */
  readonly told?: (hospital: Hospital) => readonly PastOf[];
  /** Other parts than the whole past, for who needs only some of it. */
  readonly parts?: readonly HistoryPart[];
}): Promise<HistoryFill> {
  const { state, sources, told = () => [] } = ask;
  const hospital = createHospital(state);
  const calendar = { ...pastCalendar(state), ...(ask.parts && { parts: ask.parts }) };
  const feeds = await placeFeeds({ sources, since: new Date(calendar.firstDayMs) });
  const make = dayMaker({ hospital, feeds, oldestDayMs: calendar.oldestRawDayMs });
  const partsTotal = calendar.parts.length;
  let partsDone = state.partsDone;
  return {
    hospital,
    partsTotal,
    fillNext: async () => {
      const part = calendar.parts[partsDone];
      if (part === undefined) return false;
      if (partsDone === 0) {
        await storeAll({ sourceId: sources.engine, items: pastChanges(hospital), now: state.startedAt });
        for (const past of told(hospital)) await storeAll({ ...past, now: state.startedAt });
      }
      const audit = daysOf(part).flatMap((dayMs) =>
        dayAudit({
          hospital,
          oldestDayMs: calendar.oldestAuditDayMs,
          dayMs,
          untilMs: endOf(state, "engine"),
        }),
      );
      await storeAll({ sourceId: sources.engine, items: audit, now: state.startedAt });
      partsDone += 1;
      await loadHistory({
        ...part,
        days: daysFigures({ hospital, feeds, make, part, state }),
        state: { ...state, partsDone, partsTotal, phase: partsDone === partsTotal ? "live" : "history" },
      });
      return partsDone < partsTotal;
    },
  };
}

/** When the made-up past of a feed ends and its live traffic begins. */
export function endOf(state: Pick<DemoState, "startedAt">, feed: "engine" | "push"): number {
  return state.startedAt.getTime() - (feed === "engine" ? engineKeepsMs : 0);
}

function* daysFigures(given: {
  readonly hospital: Hospital;
  readonly feeds: readonly PlacedFeed[];
  readonly make: DayMaker;
  readonly part: HistoryPart;
  readonly state: DemoState;
}): Generator<HistoryDay> {
  const { hospital, feeds, make, part, state } = given;
  const untilMs = ({ feed }: PlacedFeed) => endOf(state, feed.feed);
  for (const dayMs of daysOf(part)) {
    yield {
      ...make({ dayMs, untilMs, keepsDeliveries: part.keepsDeliveries }),
      // No engine knows the depths of before it was first asked, so these reach up to then.
      ...dayGauges({
        hospital,
        feeds,
        dayMs,
        untilMs: state.startedAt.getTime(),
        keepsSamples: part.keepsDeliveries,
      }),
    };
  }
}

const itemsABatch = 1_000;

/** Stores what is no figure through the same door as everything else. */
async function storeAll(ask: {
  readonly sourceId: number;
  readonly items: readonly Item[];
  readonly now: Date;
}): Promise<void> {
  const { sourceId, items, now } = ask;
  for (let start = 0; start < items.length; start += itemsABatch) {
    const batch = { items: items.slice(start, start + itemsABatch), rejects: [] };
    await storeBatch({ sourceId, batch, now });
  }
}
