import { arrayLiteral, textElement } from "./array-literal";
import { database } from "./client";
import { withPartitions } from "./partitions";

/** One gauge value of a leg or of a source. Instants are epoch milliseconds; null = measured, and there is no value. */
export type SampleRow = {
  readonly ownerId: number;
  readonly metric: string;
  readonly atMs: number;
  readonly value: number | null;
};

export type SampleEffect = "created" | "duplicate" | "conflict";

/**
 * Keeps samples of legs once each; (leg, metric, instant) must not repeat within a call. The newest value of each gauge
 * and its hourly extremes follow from the samples, so running it twice changes nothing.
 */
export function storeLegSamples(rows: readonly SampleRow[]): Promise<readonly SampleEffect[]> {
  return store({ rows, table: "leg_sample", owner: "leg_id", derive: LEG_DERIVED });
}

/** Keeps samples of sources, as storeLegSamples does those of legs. */
export function storeSourceSamples(rows: readonly SampleRow[]): Promise<readonly SampleEffect[]> {
  return store({ rows, table: "source_sample", owner: "source_id", derive: "" });
}

type Target = {
  readonly rows: readonly SampleRow[];
  readonly table: "leg_sample" | "source_sample";
  readonly owner: "leg_id" | "source_id";
  readonly derive: string;
};

type KnownRow = { readonly key: string; readonly created: boolean; readonly same: boolean };

async function store({ rows, table, owner, derive }: Target): Promise<readonly SampleEffect[]> {
  if (rows.length === 0) return [];
  const sorted = [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const query = {
    name: `store-${table}`,
    text: statement({ table, owner, derive }),
    values: [
      arrayLiteral(sorted, (row) => row.ownerId),
      arrayLiteral(sorted, (row) => textElement(row.metric)),
      arrayLiteral(sorted, (row) => row.atMs),
      arrayLiteral(sorted, (row) => row.value ?? undefined),
    ],
  };
  const need = { tables: [table], instantsMs: rows.map((row) => row.atMs) };
  const { rows: known } = await withPartitions(need, () => database().pool.query<KnownRow>(query));
  const effects = new Map(known.map((row) => [row.key, effectOf(row)]));
  return rows.map((row) => effects.get(keyOf(row)) ?? "duplicate");
}

function effectOf({ created, same }: KnownRow): SampleEffect {
  if (created) return "created";
  return same ? "duplicate" : "conflict";
}

function keyOf(row: SampleRow): string {
  return `${row.ownerId}/${row.metric}/${row.atMs}`;
}

/** The last join sees the table as it was before the statement. A row that another writer is adding is seen by neither join. */
function statement({ table, owner, derive }: Omit<Target, "rows">): string {
  return `
WITH given AS (
  SELECT n.owner_id, n.metric, n.at_ms, to_timestamp(n.at_ms / 1000)::timestamptz(3) AS at, n.value
  FROM unnest($1::int4[], $2::text[], $3::float8[], $4::float8[]) AS n(owner_id, metric, at_ms, value)
), created AS (
  INSERT INTO signal.${table} (${owner}, metric, at, value)
  SELECT owner_id, metric, at, value FROM given ORDER BY owner_id, metric, at
  ON CONFLICT DO NOTHING
  RETURNING ${owner} AS owner_id, metric, at, value
)${derive}
SELECT g.owner_id || '/' || g.metric || '/' || g.at_ms::bigint AS key,
  c.owner_id IS NOT NULL AS created,
  s.metric IS NULL OR s.value IS NOT DISTINCT FROM g.value AS same
FROM given g
LEFT JOIN created c ON c.owner_id = g.owner_id AND c.metric = g.metric AND c.at = g.at
LEFT JOIN signal.${table} s ON s.${owner} = g.owner_id AND s.metric = g.metric AND s.at = g.at`;
}

const LEG_DERIVED = `, newest AS (
  INSERT INTO signal.leg_now AS now (leg_id, metric, at, value)
  SELECT DISTINCT ON (owner_id, metric) owner_id, metric, at, value FROM created ORDER BY owner_id, metric, at DESC
  ON CONFLICT (leg_id, metric) DO UPDATE SET at = excluded.at, value = excluded.value WHERE excluded.at > now.at
), extremes AS (
  INSERT INTO signal.leg_gauge_hour AS h (leg_id, metric, bucket_start, min_value, max_value, last_value, last_at)
  SELECT owner_id, metric, date_bin('1 hour', at, 'epoch'::timestamptz) AS bucket_start, min(value), max(value),
    (array_agg(value ORDER BY at DESC))[1], max(at)
  FROM created WHERE value IS NOT NULL
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (leg_id, metric, bucket_start) DO UPDATE SET
    min_value = least(h.min_value, excluded.min_value),
    max_value = greatest(h.max_value, excluded.max_value),
    last_value = CASE WHEN excluded.last_at > h.last_at THEN excluded.last_value ELSE h.last_value END,
    last_at = greatest(h.last_at, excluded.last_at)
)`;
