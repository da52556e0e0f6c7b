import { z } from "zod";
import type { Reach } from "@/lib/core/authz/policy";
import type { Knowledge } from "@/lib/core/metric/gaps";
import { type Measured, measure } from "@/lib/core/metric/measured";
import { failureRate, firstAttemptFailureRate } from "@/lib/core/metric/outcome-counts";
import { snapRange } from "@/lib/core/time/range";
import { type LegEntry, readLegDirectory } from "@/lib/db/leg-directory";
import { readLegTotals } from "@/lib/db/leg-totals";
import { query } from "@/lib/services/query";
import { readChartSums } from "./chart-sums";
import { bucketSchema, rangeSchema } from "./metric-input";

/**
 * One leg over a range, or over one bucket of it. Latencies in milliseconds. Counts are null in a bucket about which
 * nothing is known, and where the engine counts messages of which none could be read. Volume is the total of source legs, failure that of destination legs.
 */
export type MetricRow = {
  readonly interface: string;
  readonly interfaceId: string;
  readonly leg: string;
  readonly legId: string;
  readonly direction: "source" | "destination";
  readonly bucketStart?: string;
  readonly ok: number | null;
  readonly failed: number | null;
  readonly filtered: number | null;
  readonly pending: number | null;
  readonly unknown: number | null;
  readonly firstFailed: number | null;
  readonly replays: number | null;
  readonly failureRate: number | null;
  readonly firstAttemptFailureRate: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** The newest depth that the source told us; null when it never did. Only without buckets. */
  readonly queueDepth?: number | null;
};

/**
 * Figures for scripts: of all legs, of one interface or of one leg, each named by its name or the engine's id. The
 * range is snapped outwards as on the pages.
 * @throws AppError forbidden | bad_request
 */
export const queryMetrics = query({
  permission: "interface.read",
  input: z.object({
    interface: z.string().max(256).optional(),
    leg: z.string().max(256).optional(),
    range: rangeSchema,
    bucket: bucketSchema.optional(),
    zone: z.string().max(64).default("UTC"),
  }),
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<readonly MetricRow[]> => {
    const legs = (await readLegDirectory("all", reach)).filter((leg) => isAskedFor(leg, input));
    if (input.bucket !== undefined) return bucketRows(legs, { ...input, bucket: input.bucket, now, reach });
    const totals = await readLegTotals({
      legIds: legs.map(({ legId }) => legId),
      range: snapRange(input.range),
    });
    return legs.flatMap((leg, i) => {
      const measured = totals[i];
      return measured === undefined
        ? []
        : [
            {
              ...namesOf(leg),
              ...figuresOf(measured, leg.isCountedOnly ? "unknown" : "measured"),
              queueDepth: leg.queueDepth ?? null,
            },
          ];
    });
  },
});

type Ask = { readonly interface?: string | undefined; readonly leg?: string | undefined };

function isAskedFor(entry: LegEntry, ask: Ask): boolean {
  const isInterface =
    ask.interface === undefined || [entry.interface, entry.interfaceExternalId].includes(ask.interface);
  return isInterface && (ask.leg === undefined || [entry.leg, entry.legExternalId].includes(ask.leg));
}

type BucketAsk = Pick<Parameters<typeof readChartSums>[0], "range" | "bucket" | "zone"> & {
  readonly now: Date;
  readonly reach: Reach;
};

/** One leg after the other: a script can wait, and the database serves people meanwhile. */
async function bucketRows(legs: readonly LegEntry[], ask: BucketAsk): Promise<readonly MetricRow[]> {
  const rows: MetricRow[] = [];
  for (const leg of legs) {
    const { buckets } = await readChartSums({ ...ask, scope: { legIds: [leg.legId] } }, ask);
    for (const { from, knowledge, sum } of buckets) {
      rows.push({ ...namesOf(leg), bucketStart: from.toISOString(), ...figuresOf(measure(sum), knowledge) });
    }
  }
  return rows;
}

function namesOf(leg: LegEntry) {
  return {
    interface: leg.interface,
    interfaceId: leg.interfaceExternalId,
    leg: leg.leg,
    legId: leg.legExternalId,
    direction: leg.direction,
  };
}

function figuresOf({ counts, latency }: Measured, knowledge: Knowledge) {
  const figure = (value: number) => (knowledge === "measured" ? value : null);
  return {
    ok: figure(counts.ok),
    failed: figure(counts.failed),
    filtered: figure(counts.filtered),
    pending: figure(counts.pending),
    unknown: figure(counts.unknown),
    firstFailed: figure(counts.firstFailed),
    replays: figure(counts.replays),
    failureRate: failureRate(counts),
    firstAttemptFailureRate: firstAttemptFailureRate(counts),
    ...latency,
  };
}
