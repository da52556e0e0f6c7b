import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { TrailFilter } from "@/lib/core/audit/trail-filter";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";

/** One line of our own trail, as a list shows it. */
export type TrailRow = Omit<AuditLeaf, "requestId"> & {
  readonly id: string;
  /** Name of the account; null for other actors and for accounts that are gone. */
  readonly actorName: string | null;
  /** Block it is sealed in; null while it waits. */
  readonly block: string | null;
};

/**
 * One page of lines by keyset, newest first, nearest to the cursor. Read along audit_leaf_at; the filter is checked row by
 * row, so the caller bounds the range.
 */
export async function searchTrail(ask: {
  readonly range: TimeRange;
  readonly filter: TrailFilter;
  readonly cursor: PageCursor | undefined;
  readonly limit: number;
}): Promise<readonly TrailRow[]> {
  const { range, filter, cursor } = ask;
  const isNewer = cursor?.direction === "newer";
  const order = isNewer ? "ASC" : "DESC";
  const values: unknown[] = [range.from, range.to, ask.limit];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const contains = (columns: string, text: string) =>
    `strpos(lower(concat_ws(' ', ${columns})), lower(${parameter(text)})) > 0`;
  const where = [
    "l.at >= $1 AND l.at < $2",
    ...(cursor === undefined ? [] : [beyond(cursor, parameter)]),
    ...(filter.person === undefined ? [] : [contains("u.name, u.email, l.actor_id", filter.person)]),
    ...(filter.action === undefined ? [] : [`l.action = ${parameter(filter.action)}`]),
    ...(filter.entity === undefined ? [] : [contains("l.entity_type, l.entity_id", filter.entity)]),
    ...(filter.outcome === undefined ? [] : [`l.outcome = ${parameter(filter.outcome)}`]),
  ].join(" AND ");
  const { rows } = await database().pool.query<TrailRow>(
    `SELECT l.id::text AS id, l.at, l.actor_kind AS "actorKind", l.actor_id AS "actorId", u.name AS "actorName", l.action,
       l.permission, l.entity_type AS "entityType", l.entity_id AS "entityId", l.outcome, l.detail, m.block::text AS block
     FROM signal.audit_leaf l
     LEFT JOIN public."user" u ON l.actor_kind = 'user' AND u.id::text = l.actor_id
     LEFT JOIN signal.audit_block_leaf m ON m.leaf_id = l.id
     WHERE ${where} ORDER BY l.at ${order}, l.id ${order} LIMIT $3`,
    values,
  );
  return isNewer ? rows.toReversed() : rows;
}

function beyond(cursor: PageCursor, parameter: (value: unknown) => string): string {
  const sign = cursor.direction === "older" ? "<" : ">";
  return `(l.at, l.id) ${sign} (${parameter(cursor.at)}::timestamptz, ${parameter(cursor.id)}::int8)`;
}
