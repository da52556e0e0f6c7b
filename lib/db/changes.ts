import { arrayLiteral, textElement } from "./array-literal";
import { database } from "./client";

/** Something that happened at a source; interfaceId 0 means the source as a whole. */
export type ChangeRow = {
  readonly interfaceId: number;
  readonly at: Date;
  readonly change: string;
  readonly detail: string;
};

/** Keeps changes of one source once each. Answers with whether each was new, in order; a repeat within the call is not. */
export async function storeChanges(
  sourceId: number,
  rows: readonly ChangeRow[],
): Promise<readonly boolean[]> {
  if (rows.length === 0) return [];
  const { rows: created } = await database().pool.query<{ key: string }>(
    `INSERT INTO signal.change (source_id, interface_id, at, kind, detail)
     SELECT DISTINCT $1::int, interface_id, to_timestamp(at_ms / 1000)::timestamptz(3), kind, detail
     FROM unnest($2::int4[], $3::float8[], $4::text[], $5::text[]) AS n(interface_id, at_ms, kind, detail)
     ORDER BY 2, 3, 4, 5
     ON CONFLICT DO NOTHING
     RETURNING interface_id || '/' || round(extract(epoch FROM at) * 1000) || '/' || kind || '/' || detail AS key`,
    [
      sourceId,
      arrayLiteral(rows, (row) => row.interfaceId),
      arrayLiteral(rows, (row) => row.at.getTime()),
      arrayLiteral(rows, (row) => textElement(row.change)),
      arrayLiteral(rows, (row) => textElement(row.detail)),
    ],
  );
  const fresh = new Set(created.map(({ key }) => key));
  // delete answers true once a key: the first of equal rows is the new one.
  return rows.map((row) =>
    fresh.delete(`${row.interfaceId}/${row.at.getTime()}/${row.change}/${row.detail}`),
  );
}
