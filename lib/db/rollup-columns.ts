import { countNames, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";

/** Column of a count in the rollup tables: firstOk → first_ok. */
export const countColumns: Readonly<Record<keyof OutcomeCounts, string>> = {
  ok: "ok",
  failed: "failed",
  filtered: "filtered",
  pending: "pending",
  unknown: "unknown",
  firstOk: "first_ok",
  firstFailed: "first_failed",
  replays: "replays",
  suspects: "suspects",
};

/** Columns in the order of countNames. */
export const countColumnList: readonly string[] = countNames.map((name) => countColumns[name]);

/**
 * SQL that gives the counts as one text, joined by commas in the order of countNames: nine columns of bigint would cost
 * the driver more than the query. `term` gives the SQL of one count.
 */
export function countsSql(term: (column: string) => string): string {
  return `concat_ws(',', ${countColumnList.map(term).join(", ")})`;
}

/** Reads what countsSql wrote. Counts stay below 2^53. */
export function parseCounts(text: string): OutcomeCounts {
  const [ok, failed, filtered, pending, unknown, firstOk, firstFailed, replays, suspects] = text
    .split(",")
    .map(Number);
  return {
    ok: ok ?? 0,
    failed: failed ?? 0,
    filtered: filtered ?? 0,
    pending: pending ?? 0,
    unknown: unknown ?? 0,
    firstOk: firstOk ?? 0,
    firstFailed: firstFailed ?? 0,
    replays: replays ?? 0,
    suspects: suspects ?? 0,
  };
}
