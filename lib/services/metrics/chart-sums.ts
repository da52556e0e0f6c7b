import type { z } from "zod";
import type { Reach } from "@/lib/core/authz/policy";
import { type Knowledge, knowledgeOf } from "@/lib/core/metric/gaps";
import type { Sum } from "@/lib/core/metric/measured";
import { noCounts, totalOf } from "@/lib/core/metric/outcome-counts";
import { bucketEdges } from "@/lib/core/time/bucket";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { type LegEntry, readLegDirectory } from "@/lib/db/leg-directory";
import { groupIds } from "@/lib/db/rollup-groups";
import { readSeriesSums } from "@/lib/db/series";
import { readUnknownIntervals, type UnknownInterval } from "@/lib/db/unknown-intervals";
import type { ChartScope, chartInputSchema } from "./metric-input";

/** What a chart is drawn from: one sum a bucket, with what is known of it. */
export type ChartSums = {
  readonly buckets: readonly (TimeRange & { readonly knowledge: Knowledge; readonly sum: Sum })[];
  readonly unknown: readonly UnknownInterval[];
};

/** Reads the sums of a chart's buckets, each whole, from the one that holds the range's start to the one that holds its end. */
export async function readChartSums(
  input: z.output<typeof chartInputSchema>,
  { now, reach }: { readonly now: Date; readonly reach: Reach },
): Promise<ChartSums> {
  const { bucket, zone } = input;
  const edges = bucketEdges({ range: snapRange(input.range), bucket, zone });
  const ranges = edges.slice(1).map((to, i) => ({ from: edges[i] ?? to, to }));
  const whole = { from: edges[0] ?? input.range.from, to: edges.at(-1) ?? input.range.to };
  const legs = await legsOf(input.scope, reach);
  const legIds = legs.map(({ legId }) => legId);
  const [sums, unknown] = await Promise.all([
    readSeriesSums({ legIds: idsToRead(input.scope, { legIds, unit: bucket.unit, reach }), edges, bucket }),
    readUnknownIntervals({ sourceIds: [...new Set(legs.map((leg) => leg.sourceId))], legIds, range: whole }),
  ]);
  const knownFrom = earliest(legs.filter((leg) => !leg.isCountedOnly).map((leg) => leg.knownFrom));
  return {
    buckets: ranges.map((range, i) => {
      const sum = sums[i] ?? nothing;
      const knowledge = knowledgeOf({ bucket: range, total: totalOf(sum.counts), knownFrom, unknown, now });
      return { ...range, knowledge, sum };
    }),
    unknown,
  };
}

const nothing: Sum = { counts: noCounts, hist: Buffer.alloc(0) };

async function legsOf(scope: ChartScope, reach: Reach): Promise<readonly LegEntry[]> {
  if ("legIds" in scope) return readLegDirectory(scope.legIds, reach);
  const all = await readLegDirectory("all", reach);
  return all.filter((leg) => leg.direction === scope.all);
}

/** All legs of a direction are one group in hours and days; there are no minutes of groups, and none of a department. */
function idsToRead(
  scope: ChartScope,
  legs: {
    readonly legIds: readonly number[];
    readonly unit: "minute" | "hour" | "day";
    readonly reach: Reach;
  },
): readonly number[] {
  const isGroup = "all" in scope && legs.unit !== "minute" && legs.reach === "all";
  return isGroup ? [groupIds[scope.all]] : legs.legIds;
}

function earliest(dates: readonly Date[]): Date | undefined {
  return dates.reduce<Date | undefined>(
    (first, date) => (first === undefined || date < first ? date : first),
    undefined,
  );
}
