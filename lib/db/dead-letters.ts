import type { RejectReason } from "@/lib/core/message/schema";
import { arrayLiteral, bytesElement, textElement } from "./array-literal";
import { database } from "./client";

/** Something that could not be stored, sealed. `digest` is SHA-256 of its plain payload, so that a repeat is known. */
export type DeadLetterRow = {
  readonly reason: RejectReason;
  readonly detail: string;
  readonly digest: Buffer;
  readonly contentKind: string;
  readonly keyId: string;
  readonly payload: Buffer;
};

/**
 * Keeps dead letters of one source and answers with an id for each, in order. The same payload with the same reason is
 * one letter, however often it comes: it counts attempts, and opens again when it had been resolved.
 */
export async function keepDeadLetters(ask: {
  readonly sourceId: number;
  readonly letters: readonly DeadLetterRow[];
  readonly now: Date;
}): Promise<readonly string[]> {
  const { sourceId, letters, now } = ask;
  if (letters.length === 0) return [];
  const distinct = new Map(letters.map((letter) => [keyOf(letter.reason, letter.digest), letter]));
  // Sorted, so that two writers of the same letters take their locks in one order.
  const rows = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, letter]) => letter);
  const { rows: kept } = await database().pool.query<{ id: string; reason: string; digest: Buffer }>(KEEP, [
    sourceId,
    now,
    arrayLiteral(rows, (row) => textElement(row.reason)),
    arrayLiteral(rows, (row) => textElement(row.detail)),
    arrayLiteral(rows, (row) => bytesElement(row.digest)),
    arrayLiteral(rows, (row) => textElement(row.contentKind)),
    arrayLiteral(rows, (row) => textElement(row.keyId)),
    arrayLiteral(rows, (row) => bytesElement(row.payload)),
  ]);
  const ids = new Map(kept.map((row) => [keyOf(row.reason, row.digest), row.id]));
  return letters.map((letter) => ids.get(keyOf(letter.reason, letter.digest)) ?? "");
}

const KEEP = `
  INSERT INTO signal.dead_letter AS l
    (source_id, reason, detail, digest, content_kind, key_id, payload, attempts, first_seen, last_seen)
  SELECT $1::int, n.reason, n.detail, n.digest, n.content_kind, n.key_id, n.payload, 1, $2::timestamptz, $2::timestamptz
  FROM unnest($3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::bytea[])
    AS n(reason, detail, digest, content_kind, key_id, payload)
  ON CONFLICT (source_id, reason, digest) DO UPDATE SET
    last_seen = greatest(l.last_seen, excluded.last_seen),
    attempts = l.attempts + 1,
    detail = excluded.detail,
    state = CASE WHEN l.state = 'resolved' THEN 'open' ELSE l.state END
  RETURNING id::text, reason, digest`;

function keyOf(reason: string, digest: Buffer): string {
  return `${reason}/${digest.toString("hex")}`;
}
