import type pg from "pg";
import { countNames, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import { arrayLiteral, bytesElement } from "./array-literal";
import { countColumns } from "./rollup-columns";

/** One row of rollup_hour or rollup_day: its own figures, and the sum of all rows of its chain up to it. */
export type ChainRow = {
  readonly legId: number;
  readonly bucketMs: number;
  readonly counts: OutcomeCounts;
  readonly hist: Buffer;
  readonly cumCounts: OutcomeCounts;
  readonly cumHist: Buffer;
};

/** Writes rows over what stands there, in the order of the key. */
export async function upsertChainRows(
  client: pg.ClientBase,
  write: { readonly table: "rollup_hour" | "rollup_day"; readonly rows: readonly ChainRow[] },
): Promise<void> {
  const rows = [...write.rows].sort((a, b) => a.legId - b.legId || a.bucketMs - b.bucketMs);
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const part = rows.slice(start, start + ROWS_A_STATEMENT);
    await client.query({
      name: `upsert-${write.table}`,
      text: statement(write.table),
      values: columns.map(({ element }) => arrayLiteral(part, element)),
    });
  }
}

/** Histograms travel as hex: this keeps a statement at a few megabytes. */
const ROWS_A_STATEMENT = 1_000;

type Column = {
  readonly name: string;
  readonly arrayType: string;
  readonly element: (row: ChainRow) => string | number | undefined;
};

const columns: readonly Column[] = [
  { name: "leg_id", arrayType: "int4", element: (row) => row.legId },
  { name: "bucket_start", arrayType: "float8", element: (row) => row.bucketMs },
  ...countNames.map((name) => ({
    name: countColumns[name],
    arrayType: "int8",
    element: (row: ChainRow) => row.counts[name],
  })),
  { name: "hist", arrayType: "bytea", element: (row) => bytesElement(row.hist) },
  ...countNames.map((name) => ({
    name: `cum_${countColumns[name]}`,
    arrayType: "int8",
    element: (row: ChainRow) => row.cumCounts[name],
  })),
  { name: "cum_hist", arrayType: "bytea", element: (row) => bytesElement(row.cumHist) },
];

function statement(table: "rollup_hour" | "rollup_day"): string {
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => (name === "bucket_start" ? "to_timestamp(bucket_start / 1000)" : name));
  const sets = names.slice(2).map((name) => `${name} = excluded.${name}`);
  return `
INSERT INTO signal.${table} (${names.join(", ")})
SELECT ${values.join(", ")}
FROM unnest(${columns.map(({ arrayType }, i) => `$${i + 1}::${arrayType}[]`).join(", ")}) AS n(${names.join(", ")})
ON CONFLICT (leg_id, bucket_start) DO UPDATE SET ${sets.join(", ")}`;
}
