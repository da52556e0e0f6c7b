import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { failureRate, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { type InterfaceRecord, type LegRecord, readInterface as readRecord } from "@/lib/db/interfaces-read";
import type { LegTotals } from "@/lib/db/leg-totals";
import { headAgeAt } from "@/lib/services/overview/collect-signs";
import { type InterfaceRow, interfaceRow } from "@/lib/services/overview/interface-row";
import type { Comparisons } from "@/lib/services/overview/read-comparisons";
import { readHealth } from "@/lib/services/overview/read-health";
import { query } from "@/lib/services/query";

/** One leg with its figures. Percentiles in milliseconds. */
export type LegRow = {
  readonly leg: LegRecord;
  /** Null where nothing is known of the range. */
  readonly counts: OutcomeCounts | null;
  readonly failureRate: number | null;
  readonly previousFailureRate: number | null;
  readonly latency: LegTotals["latency"];
  readonly wait: LegTotals["wait"];
  readonly partner: LegTotals["partner"];
  readonly previousP95Ms: number | null;
  readonly headAgeMs: number | null;
};

export type InterfaceView = {
  readonly record: InterfaceRecord;
  readonly row: InterfaceRow;
  /** In the engine's order: the source leg, then destinations. */
  readonly legs: readonly LegRow[];
  readonly range: TimeRange;
};

/**
 * One interface with its health, figures and legs over a range.
 * @throws AppError forbidden | bad_request | not_found
 */
export const readInterface = query({
  permission: "interface.read",
  input: z.object({ interfaceId: z.int().min(1).max(2_147_483_647), range: timeRangeSchema }),
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<InterfaceView> => {
    const range = snapRange(input.range);
    const record = await readRecord(input.interfaceId, reach);
    if (record === undefined) throw new AppError("not_found", "There is no such interface.");
    const reading = await readHealth({ interfaces: [record], range, now });
    const { comparisons } = reading;
    const row = interfaceRow({ of: record, reading, range, now });
    if (row === undefined) throw new AppError("not_found", "There is no such interface.");
    return {
      record,
      row,
      legs: record.legs
        .filter((leg) => !leg.isRemoved || hasMessages(comparisons.current.totals.get(leg.legId)))
        .flatMap((leg) => legRow({ leg, comparisons, now, isKnown: row.figures.messages !== null })),
      range,
    };
  },
});

function hasMessages(totals: LegTotals | undefined): boolean {
  return totals !== undefined && totals.counts.ok + totals.counts.failed + totals.counts.filtered > 0;
}

function legRow(ask: {
  readonly leg: LegRecord;
  readonly comparisons: Comparisons;
  readonly now: Date;
  readonly isKnown: boolean;
}): readonly LegRow[] {
  const { leg, comparisons, now, isKnown } = ask;
  const current = comparisons.current.totals.get(leg.legId);
  const previous = comparisons.previous.totals.get(leg.legId);
  if (current === undefined) return [];
  return [
    {
      leg,
      counts: isKnown ? current.counts : null,
      failureRate: failureRate(current.counts),
      previousFailureRate: previous ? failureRate(previous.counts) : null,
      latency: current.latency,
      wait: current.wait,
      partner: current.partner,
      previousP95Ms: previous?.latency.p95 ?? null,
      headAgeMs: headAgeAt(leg, now),
    },
  ];
}
