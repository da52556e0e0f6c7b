import type pg from "pg";

/** Rows that are fetched at once: what is kept in memory, whatever the number of rows. */
const BATCH = 2_000;

export type CursorStatement = {
  /** Name of the cursor. */
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
};

/**
 * Rows of a statement as Postgres makes them, some thousand at a time, within the transaction of the connection. The next
 * are asked for before these are handed on, so that Postgres and this process work at the same time.
 */
export async function* fetchAll<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  { name, text, values = [] }: CursorStatement,
): AsyncGenerator<readonly Row[], undefined> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, [...values]);
  const fetchNext = () => {
    const batch = client.query<Row>(`FETCH ${BATCH} FROM ${name}`);
    // Whoever stops early does not wait for what is on its way.
    batch.catch(() => undefined);
    return batch;
  };
  let next = fetchNext();
  for (;;) {
    const { rows } = await next;
    const isLast = rows.length < BATCH;
    if (!isLast) next = fetchNext();
    if (rows.length > 0) yield rows;
    if (isLast) break;
  }
  await client.query(`CLOSE ${name}`);
  return undefined;
}
