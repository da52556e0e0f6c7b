import { parseInstant } from "@/lib/core/time/range";
import { readHealth } from "@/lib/services/health/read-health";
import { queryMetrics } from "@/lib/services/metrics/query-metrics";
import {
  type CliCommand,
  type CliInput,
  cliActor,
  optionalOption,
  requiredOption,
  UsageError,
} from "../command-spec";
import { tableLines } from "../print";

export const metricCommands: readonly CliCommand[] = [
  {
    words: "query",
    usage:
      "query --from <instant> --to <instant> [--interface <name>] [--leg <name>] [--bucket minute|hour|day]",
    summary: "Outcomes, failure rate and latency percentiles of legs over a range.",
    run: async (input) => {
      const rows = await queryMetrics(cliActor, {
        interface: optionalOption(input, "interface"),
        leg: optionalOption(input, "leg"),
        range: { from: instantOption(input, "from"), to: instantOption(input, "to") },
        bucket: bucketOption(input),
      });
      return {
        json: rows,
        lines: tableLines(
          rows.map((row) => ({
            interface: row.interface,
            leg: row.leg,
            direction: row.direction,
            ...(row.bucketStart === undefined ? {} : { bucket: row.bucketStart }),
            ok: row.ok,
            failed: row.failed,
            filtered: row.filtered,
            pending: row.pending,
            "failure rate": row.failureRate === null ? null : `${(row.failureRate * 100).toFixed(2)} %`,
            "p95 ms": row.p95 === null ? null : Math.round(row.p95),
          })),
        ),
      };
    },
  },
  {
    words: "health",
    usage: "health",
    summary: "How the product itself fares.",
    run: async () => {
      const health = await readHealth(cliActor, {});
      return { json: health, lines: [health.status, ...health.problems] };
    },
  },
];

function instantOption(input: CliInput, name: "from" | "to"): Date {
  const at = parseInstant(requiredOption(input, name));
  if (at === undefined) throw new UsageError(`--${name} must be an instant like 2026-01-31T07:15:00Z.`);
  return at;
}

function bucketOption(input: CliInput): { readonly unit: string; readonly count: number } | undefined {
  const unit = optionalOption(input, "bucket");
  return unit === undefined ? undefined : { unit, count: 1 };
}
