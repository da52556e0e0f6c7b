import { readHealth } from "@/lib/services/health/read-health";
import { type MetricRow, queryMetrics } from "@/lib/services/metrics/query-metrics";
import { type CliCommand, cliActor } from "../command-spec";
import { instantOption, textOption } from "../options";
import { tableLines } from "../print";

export const metricCommands: readonly CliCommand[] = [
  {
    words: "query",
    summary: "Outcomes, failure rate and latency percentiles (ms) of legs over a range.",
    options: {
      from: { kind: "text", value: "<instant>", about: "like 2026-01-31T07:15:00Z", isRequired: true },
      to: { kind: "text", value: "<instant>", about: "not part of the range", isRequired: true },
      interface: { kind: "text", value: "<name or id>", about: "all by default" },
      leg: { kind: "text", value: "<name or id>", about: "all by default" },
      bucket: { kind: "text", value: "<unit>", about: "minute, hour or day: a row for each" },
      zone: { kind: "text", value: "<zone>", about: "whose midnights end a day; UTC by default" },
    },
    run: async (input) => {
      const unit = textOption(input, "bucket");
      const rows = await queryMetrics(cliActor, {
        interface: textOption(input, "interface"),
        leg: textOption(input, "leg"),
        range: { from: instantOption(input, "from"), to: instantOption(input, "to") },
        bucket: unit === undefined ? undefined : { unit, count: 1 },
        zone: textOption(input, "zone"),
      });
      return {
        json: rows.map((row) => ({ ...row, queueDepth: row.queueDepth ?? null })),
        lines: tableLines(rows.map(rowForPeople)),
      };
    },
  },
  {
    words: "health",
    summary: "How the product itself fares.",
    run: async () => {
      const health = await readHealth(cliActor, {});
      return { json: health, lines: [health.status, ...health.problems] };
    },
  },
];

function rowForPeople(row: MetricRow) {
  const whole = (value: number | null) => (value === null ? null : Math.round(value));
  return {
    ...(row.bucketStart === undefined ? {} : { bucket: row.bucketStart }),
    interface: row.interface,
    leg: row.leg,
    direction: row.direction,
    ok: row.ok,
    failed: row.failed,
    filtered: row.filtered,
    pending: row.pending,
    "first failed": row.firstFailed,
    "failure rate": row.failureRate === null ? null : `${(row.failureRate * 100).toFixed(2)} %`,
    "p50 ms": whole(row.p50),
    "p95 ms": whole(row.p95),
    "p99 ms": whole(row.p99),
    ...(row.bucketStart === undefined ? { queued: row.queueDepth ?? null } : {}),
  };
}
