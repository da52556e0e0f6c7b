import { database } from "./client";

type Outage = { readonly sourceId: number; readonly cause: string };

/** Begins a time about which nothing can be said of a source. One that is open with this cause goes on. */
export async function openOutage(ask: Outage & { readonly from: Date }): Promise<void> {
  await database().pool.query(
    `INSERT INTO signal.unknown_interval (source_id, leg_id, from_at, cause)
     SELECT $1, 0, $2, $3 WHERE NOT EXISTS (
       SELECT FROM signal.unknown_interval WHERE source_id = $1 AND leg_id = 0 AND cause = $3 AND to_at IS NULL)
     ON CONFLICT DO NOTHING`,
    [ask.sourceId, ask.from, ask.cause],
  );
}

/** Ends it. */
export async function closeOutage(ask: Outage & { readonly to: Date }): Promise<void> {
  await database().pool.query(
    `UPDATE signal.unknown_interval SET to_at = greatest($2, from_at)
     WHERE source_id = $1 AND leg_id = 0 AND cause = $3 AND to_at IS NULL`,
    [ask.sourceId, ask.to, ask.cause],
  );
}

/** Adds one that is over. */
export async function addOutage(ask: Outage & { readonly from: Date; readonly to: Date }): Promise<void> {
  await database().pool.query(
    `INSERT INTO signal.unknown_interval (source_id, leg_id, from_at, to_at, cause) VALUES ($1, 0, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [ask.sourceId, ask.from, ask.to, ask.cause],
  );
}
