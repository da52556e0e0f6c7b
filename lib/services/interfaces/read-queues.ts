import { z } from "zod";
import { bucketEdges } from "@/lib/core/time/bucket";
import { snapRange } from "@/lib/core/time/range";
import { readLegsWithin } from "@/lib/db/leg-directory";
import { readQueueSeries } from "@/lib/db/queue-series";
import { chartInputSchema } from "@/lib/services/metrics/metric-input";
import { query } from "@/lib/services/query";

/** The longest queue of each leg, a bucket each; null where no depth was measured. */
export type QueueSeries = {
  readonly edges: readonly Date[];
  readonly highs: ReadonlyMap<number, readonly (number | null)[]>;
};

/** Queue depths over time, in the same buckets as readSeries. @throws AppError forbidden | bad_request */
export const readQueues = query({
  permission: "interface.read",
  input: chartInputSchema.omit({ scope: true }).extend({ legIds: z.array(z.int()).min(1).max(500) }),
  disclosesPhi: false,
  run: async ({ input, reach }): Promise<QueueSeries> => {
    const { bucket, zone } = input;
    const legIds = await readLegsWithin(input.legIds, reach);
    const edges = bucketEdges({ range: snapRange(input.range), bucket, zone });
    const points = await readQueueSeries({ legIds, edges });
    const highs = new Map(legIds.map((legId) => [legId, Array.from({ length: edges.length - 1 }, empty)]));
    for (const { legId, index, high } of points) highs.get(legId)?.splice(index, 1, high);
    return { edges, highs };
  },
});

function empty(): number | null {
  return null;
}
