import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { csvText } from "@/lib/core/report/csv";
import { chooseBucket } from "@/lib/core/time/bucket";
import { snapRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { isZone } from "@/lib/core/time/zone";
import { readInterface } from "@/lib/db/interfaces-read";
import { readSeries, type SeriesBucket } from "@/lib/services/metrics/read-series";
import { query } from "@/lib/services/query";

const head = [
  "from",
  "to",
  "interface",
  "leg",
  "direction",
  "ok",
  "failed",
  "filtered",
  "pending",
  "unknown",
  "first_attempt_failed",
  "failure_rate",
  "p50_ms",
  "p95_ms",
  "p99_ms",
];

/**
 * Figures of each leg of an interface as CSV, in the buckets of its page. Empty cells where nothing is known.
 * @throws AppError forbidden | bad_request | not_found
 */
export const interfaceCsv = query({
  permission: "interface.read",
  input: z.object({
    interfaceId: z.coerce.number().int().positive(),
    range: timeRangeSchema,
    zone: z.string().max(64).refine(isZone),
  }),
  disclosesPhi: false,
  run: async ({ actor, input, reach }): Promise<string> => {
    const record = await readInterface(input.interfaceId, reach);
    if (record === undefined) throw new AppError("not_found", "There is no such interface.");
    const range = snapRange(input.range);
    const bucket = chooseBucket(range, 120);
    const legs = record.legs.filter(({ isRemoved }) => !isRemoved);
    const series = await Promise.all(
      legs.map(({ legId }) =>
        readSeries(actor, { scope: { legIds: [legId] }, range, bucket, zone: input.zone }),
      ),
    );
    const rows = legs.flatMap(({ name, direction }, i) =>
      (series[i]?.buckets ?? [])
        .filter(({ knowledge }) => knowledge !== "future")
        .map((one) => [one.from, one.to, record.name, name, direction, ...figuresOf(one)]),
    );
    return csvText(head, rows);
  },
});

function figuresOf({ measured, failureRate }: SeriesBucket) {
  const { counts, latency } = measured ?? {};
  return [
    counts?.ok,
    counts?.failed,
    counts?.filtered,
    counts?.pending,
    counts?.unknown,
    counts?.firstFailed,
    failureRate,
    latency?.p50,
    latency?.p95,
    latency?.p99,
  ];
}
