import type pg from "pg";

/** Rows that are fetched at once: what is kept in memory, whatever the number of rows. */
const BATCH = 5_000;

/** Rows of a statement as Postgres makes them, within the transaction of the connection. The name is the cursor's. */
export async function* fetchAll<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  {
    name,
    text,
    values = [],
  }: { readonly name: string; readonly text: string; readonly values?: readonly unknown[] },
): AsyncGenerator<Row, undefined> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, [...values]);
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${BATCH} FROM ${name}`);
    yield* rows;
    if (rows.length < BATCH) break;
  }
  await client.query(`CLOSE ${name}`);
  return undefined;
}
