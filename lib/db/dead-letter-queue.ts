import type { Reach } from "@/lib/core/authz/policy";
import type { DeadLetter, DeadLetterState } from "@/lib/core/dead-letter/schema";
import type { RejectReason } from "@/lib/core/message/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { isSourceWithinReach, reachValue } from "./within-reach";

type Row = Omit<DeadLetter, "settledAt"> & { readonly settledAt: Date | null };

const COLUMNS = `l.id::text, l.source_id AS "sourceId", coalesce(s.name, '') AS "sourceName", l.reason, l.detail,
  l.content_kind AS "contentKind", octet_length(l.payload) AS "payloadBytes", l.state, l.attempts,
  l.first_seen AS "firstSeen", l.last_seen AS "lastSeen", l.settled_at AS "settledAt", l.result`;

const FROM = "FROM signal.dead_letter l LEFT JOIN public.source s ON s.id = l.source_id";

/** One page of dead letters in one state, last seen first. Open ones use dead_letter_open. */
export async function pageDeadLetters(ask: {
  readonly sourceId: number | undefined;
  readonly reason: RejectReason | undefined;
  readonly state: DeadLetterState;
  readonly after: { readonly lastSeen: Date; readonly id: string } | undefined;
  readonly limit: number;
  readonly reach: Reach;
}): Promise<readonly DeadLetter[]> {
  // The state stands in the statement as a literal, so that the partial index applies.
  const { rows } = await database().pool.query<Row>(
    `SELECT ${COLUMNS} ${FROM}
     WHERE l.state = '${ask.state}' AND ($1::int IS NULL OR l.source_id = $1) AND ($2::text IS NULL OR l.reason = $2)
       AND ($3::timestamptz IS NULL OR (l.last_seen <= $3 AND (l.last_seen, l.id) < ($3, $4::bigint)))
       AND ${isSourceWithinReach("l.source_id", "$6")}
     ORDER BY l.last_seen DESC, l.id DESC LIMIT $5`,
    [
      ask.sourceId ?? null,
      ask.reason ?? null,
      ask.after?.lastSeen ?? null,
      ask.after?.id ?? null,
      ask.limit,
      reachValue(ask.reach),
    ],
  );
  return rows.map(toLetter);
}

export type DeadLetterCount = {
  readonly sourceId: number;
  readonly sourceName: string;
  readonly reason: RejectReason;
  readonly letters: number;
  readonly lastSeen: Date;
};

/** How many letters in one state there are for each source and reason, most first. */
export async function countByReason(
  state: DeadLetterState,
  reach: Reach,
): Promise<readonly DeadLetterCount[]> {
  const { rows } = await database().pool.query<DeadLetterCount>(
    `SELECT l.source_id AS "sourceId", coalesce(s.name, '') AS "sourceName", l.reason, count(*)::int AS letters,
       max(l.last_seen) AS "lastSeen"
     ${FROM} WHERE l.state = '${state}' AND ${isSourceWithinReach("l.source_id", "$1")}
     GROUP BY 1, 2, 3 ORDER BY letters DESC, 1, 3`,
    [reachValue(reach)],
  );
  return rows;
}

/** A letter as it lies in the queue: its payload is still sealed. */
export type SealedLetter = DeadLetter & { readonly keyId: string; readonly payload: Buffer };

export async function findDeadLetter(id: string, reach: Reach): Promise<SealedLetter | undefined> {
  const { rows } = await database().pool.query<Row & { keyId: string; payload: Buffer }>(
    `SELECT ${COLUMNS}, l.key_id AS "keyId", l.payload ${FROM}
     WHERE l.id = $1::bigint AND ${isSourceWithinReach("l.source_id", "$2")}`,
    [id, reachValue(reach)],
  );
  const [row] = rows;
  return row === undefined ? undefined : { ...toLetter(row), keyId: row.keyId, payload: row.payload };
}

/** Notes what came of a retry, or a discard. `result` is counts and words of ours, never content. */
export async function settleDeadLetter(
  tx: Transaction,
  settle: {
    readonly id: string;
    readonly state: DeadLetterState;
    readonly result: string;
    readonly now: Date;
  },
): Promise<void> {
  await tx.$executeRawUnsafe(
    "UPDATE signal.dead_letter SET state = $2, result = $3, settled_at = $4 WHERE id = $1::bigint",
    settle.id,
    settle.state,
    settle.result,
    settle.now,
  );
}

function toLetter(row: Row): DeadLetter {
  return { ...row, settledAt: row.settledAt ?? undefined };
}
