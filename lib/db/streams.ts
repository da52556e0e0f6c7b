import { database } from "./client";
import { isLeaseHeld, type Lease } from "./leases";
import { inPoolTransaction } from "./pool-transaction";

/** What is noted of one stream of a source. */
export type StreamRow = {
  /** JSON as the connector left it; null at the very start. */
  readonly cursor: unknown;
  readonly failures: number;
  readonly circuit: string;
  readonly lastSuccessAt: Date | undefined;
};

type Key = { readonly sourceId: number; readonly stream: string };

/** Undefined for a stream that was never read. */
export async function readStream({ sourceId, stream }: Key): Promise<StreamRow | undefined> {
  const { rows } = await database().pool.query<{
    cursor: unknown;
    failures: number;
    circuit: string;
    last_success_at: Date | null;
  }>(
    "SELECT cursor, failures, circuit, last_success_at FROM signal.stream WHERE source_id = $1 AND stream = $2",
    [sourceId, stream],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const { cursor, failures, circuit } = row;
  return { cursor, failures, circuit, lastSuccessAt: row.last_success_at ?? undefined };
}

/** Notes that a stream is tried now; `half-open` when it is the one try of an open circuit. */
export async function noteAttempt(
  ask: Key & { readonly at: Date; readonly isHalfOpen: boolean },
): Promise<void> {
  await database().pool.query(
    `INSERT INTO signal.stream (source_id, stream, last_attempt_at) VALUES ($1, $2, $3)
     ON CONFLICT (source_id, stream) DO UPDATE SET last_attempt_at = excluded.last_attempt_at,
       circuit = CASE WHEN $4 THEN 'half-open' ELSE stream.circuit END`,
    [ask.sourceId, ask.stream, ask.at, ask.isHalfOpen],
  );
}

/**
 * Persists the cursor behind a page that is stored, and that all is well. False when the lease went to another worker:
 * then nothing was written, and the page will be read again by the other.
 */
export function saveCursor(
  ask: Key & {
    readonly lease: Lease;
    readonly cursor: unknown;
    readonly backlog: number | undefined;
    readonly at: Date;
    readonly completeBackTo: Readonly<Record<string, Date>> | undefined;
  },
): Promise<boolean> {
  const { sourceId, stream, lease, cursor, backlog, at, completeBackTo } = ask;
  return inPoolTransaction(async (client) => {
    if (!(await isLeaseHeld(client, lease))) return false;
    if (completeBackTo !== undefined) {
      const entries = Object.entries(completeBackTo);
      await client.query(SET_COMPLETE_BACK_TO, [
        sourceId,
        entries.map(([id]) => id),
        entries.map(([, to]) => to),
      ]);
    }
    await client.query(SAVE_CURSOR, [
      sourceId,
      stream,
      JSON.stringify(cursor ?? null),
      backlog ?? null,
      at,
      completeBackTo !== undefined,
    ]);
    return true;
  });
}

const SET_COMPLETE_BACK_TO = `
  UPDATE public.interface AS i SET complete_back_to = n.complete_to
  FROM unnest($2::text[], $3::timestamptz[]) AS n(external_id, complete_to)
  WHERE i.source_id = $1 AND i.external_id = n.external_id AND i.complete_back_to IS DISTINCT FROM n.complete_to`;

// A source is complete back to where its least complete interface is; nothing can be said while one is unknown.
const SAVE_CURSOR = `
  INSERT INTO signal.stream (source_id, stream, cursor, backlog, last_attempt_at, last_success_at, complete_back_to)
  VALUES ($1, $2, $3, $4, $5, $5, CASE WHEN $6 THEN (
    SELECT CASE WHEN bool_and(complete_back_to IS NOT NULL) THEN max(complete_back_to) END
    FROM public.interface WHERE source_id = $1 AND removed_at IS NULL
  ) END)
  ON CONFLICT (source_id, stream) DO UPDATE SET cursor = excluded.cursor, backlog = excluded.backlog,
    last_success_at = excluded.last_success_at, failures = 0, circuit = 'closed', error_code = NULL,
    complete_back_to = CASE WHEN $6 THEN excluded.complete_back_to ELSE stream.complete_back_to END`;

/** Notes that a stream could not be read. `errorCode` is a code of the product, with the cause behind a colon. */
export async function noteFailure(
  ask: Key & { readonly failures: number; readonly circuit: "closed" | "open"; readonly errorCode: string },
): Promise<void> {
  await database().pool.query(
    `UPDATE signal.stream SET failures = $3, circuit = $4, error_code = $5 WHERE source_id = $1 AND stream = $2`,
    [ask.sourceId, ask.stream, ask.failures, ask.circuit, ask.errorCode],
  );
}
