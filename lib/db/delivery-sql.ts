import { type DeliveryColumn, deliveryColumns } from "./delivery-columns";
import { assignPairsSql, minuteCountsSql, onesSql } from "./minute-sql";

/**
 * The one statement of the hot path. Inserts deliveries, adds those that are really new to their minute, marks what the
 * job must recompute, and returns one row: how many were created, and the ids that were `created`, `changed`, only
 * `raised` or `moved` (see last_effect), each as text joined by commas. Rows already known come back in none of them.
 *
 * Lock order, the same in every writer and in the job: deliveries, minutes, marks, each ascending. Rows arrive sorted;
 * marks read what `rolled` returns, or PostgreSQL would run them first.
 */
export function writeDeliveriesSql(): string {
  return `
WITH written AS (
  INSERT INTO signal.delivery AS d (${names(deliveryColumns)})
  SELECT ${deliveryColumns.map(selected).join(", ")}
  FROM unnest(${deliveryColumns.map((column, i) => `$${i + 1}::${column.arrayType}[]`).join(", ")}) AS n(${names(deliveryColumns)})
  ON CONFLICT (leg_id, received_at, id) DO UPDATE SET
    ${deliveryColumns.flatMap(assignment).join(",\n    ")},
    observations = d.observations + 1,
    last_effect = CASE
      WHEN ${IS_NEWER} THEN CASE WHEN excluded.body_digest = d.body_digest AND NOT (${MOVES_FIRST}) THEN 2 ELSE 1 END
      WHEN excluded.observed_seq = d.observed_seq AND excluded.body_digest <> d.body_digest THEN 3
      ELSE 1 END
  WHERE ${IS_NEWER} OR (${MOVES_FIRST})
  RETURNING leg_id, received_at, id, outcome, first_outcome, replay_of, clock_suspect, latency_ms, wait_ms, partner_ms, last_effect
), counted AS (
  SELECT leg_id, ${startOf("minute")} AS minute,${minuteCountsSql}
  FROM written WHERE last_effect = 0
  GROUP BY 1, 2
), rolled AS (
  INSERT INTO signal.rollup_minute AS m
    (leg_id, bucket_start, ok, failed, filtered, pending, unknown, first_ok, first_failed, replays, suspects, hist_buckets, hist_counts)
  SELECT leg_id, minute, ok, failed, filtered, pending, unknown, first_ok, first_failed, replays, suspects,
    buckets, ${onesSql("buckets")}
  FROM counted ORDER BY leg_id, minute
  ON CONFLICT (leg_id, bucket_start) DO UPDATE SET
    ok = m.ok + excluded.ok, failed = m.failed + excluded.failed, filtered = m.filtered + excluded.filtered,
    pending = m.pending + excluded.pending, unknown = m.unknown + excluded.unknown,
    first_ok = m.first_ok + excluded.first_ok, first_failed = m.first_failed + excluded.first_failed,
    replays = m.replays + excluded.replays, suspects = m.suspects + excluded.suspects,
    ${assignPairsSql({
      buckets: "(m.hist_buckets || excluded.hist_buckets)",
      counts: "(m.hist_counts || excluded.hist_counts)",
      size: "cardinality(m.hist_buckets) + cardinality(excluded.hist_buckets)",
    })}
  RETURNING leg_id, bucket_start
), marked AS (
  INSERT INTO signal.dirty AS k (tier, leg_id, bucket_start)
  SELECT DISTINCT 'hour', leg_id, ${startOf("hour", "bucket_start")} FROM rolled
  UNION ALL
  SELECT DISTINCT 'minute', leg_id, ${startOf("minute")} FROM written WHERE last_effect IN (1, 3)
  ORDER BY 1, 2, 3
  ON CONFLICT (tier, leg_id, bucket_start) DO UPDATE SET version = k.version + 1
)
SELECT count(*) FILTER (WHERE last_effect = 0)::int AS created_count, ${[
    "created",
    "changed",
    "raised",
    "moved",
  ]
    .map((name, effect) => `string_agg(id::text, ',') FILTER (WHERE last_effect = ${effect}) AS ${name}`)
    .join(", ")}
FROM written`;
}

const IS_NEWER = "excluded.observed_seq > d.observed_seq";

const MOVES_FIRST =
  "excluded.first_outcome IS NOT NULL AND (d.first_outcome IS NULL OR excluded.first_outcome_seq < d.first_outcome_seq)";

/** date_bin and not date_trunc: it does not look at the session's time zone. */
function startOf(unit: "minute" | "hour", column: "received_at" | "bucket_start" = "received_at"): string {
  return `date_bin('1 ${unit}', ${column}, 'epoch'::timestamptz)`;
}

function names(columns: readonly DeliveryColumn[]): string {
  return columns.map(({ name }) => name).join(", ");
}

function selected({ name, arrayType }: DeliveryColumn): string {
  return arrayType === "float8" ? `to_timestamp(n.${name} / 1000)` : `n.${name}`;
}

function assignment({ name, role }: DeliveryColumn): readonly string[] {
  switch (role) {
    case "identity":
      return [];
    case "first":
      return [`${name} = CASE WHEN ${MOVES_FIRST} THEN excluded.${name} ELSE d.${name} END`];
    case "body":
      return [`${name} = CASE WHEN ${IS_NEWER} THEN excluded.${name} ELSE d.${name} END`];
  }
}
