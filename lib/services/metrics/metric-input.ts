import { z } from "zod";
import { directions } from "@/lib/core/message/outcome";
import { isAllowedRange } from "@/lib/core/time/range";

/** Half-open range of instants, forward and not longer than is kept. */
export const rangeSchema = z
  .object({ from: z.date(), to: z.date() })
  .refine((range) => isAllowedRange(range), "must be a forward range of at most seven years");

/** "all", or the ids of legs. */
export const legScopeSchema = z.union([z.literal("all"), z.array(z.int()).max(5_000)]);

/** Whose figures a chart sums up: some legs, or all legs of one direction. */
export const chartScopeSchema = z.union([
  z.object({ legIds: z.array(z.int()).min(1).max(500) }),
  z.object({ all: z.enum(directions) }),
]);
export type ChartScope = z.output<typeof chartScopeSchema>;

export const bucketSchema = z.object({
  unit: z.enum(["minute", "hour", "day"]),
  count: z.int().min(1).max(60),
});

/** A chart: legs, range, width of its buckets, and the zone whose midnights end a day. */
export const chartInputSchema = z.object({
  scope: chartScopeSchema,
  range: rangeSchema,
  bucket: bucketSchema,
  zone: z.string().max(64).default("UTC"),
});
