import type { AuditFilter, AuditOutcome, EventPlace } from "@/lib/core/audit/external-event";
import type { AuditAction } from "@/lib/core/audit/leaf";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";

/** One audit event of an engine, without its attributes. */
export type ExternalEvent = EventPlace & {
  readonly source: string;
  readonly engineEventId: string;
  readonly name: string;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly actorId: string | null;
  readonly actorName: string | null;
  /** As the engine claims it: any client can set it. */
  readonly claimedAddress: string | null;
  /** From where it was received, seen by ourselves. */
  readonly observedAddress: string | null;
  /** Which system behind a feed wrote it. */
  readonly auditSource: string | null;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly objectName: string | null;
  readonly isOwnPolling: boolean;
};

const COLUMNS = `e.source_id AS "sourceId", e.at, e.id::text AS id, s.name AS source, e.engine_event_id AS "engineEventId",
  e.name, e.action, e.outcome, e.actor_id AS "actorId", e.actor_name AS "actorName",
  e.claimed_address AS "claimedAddress", e.observed_address AS "observedAddress", e.audit_source AS "auditSource", e.object_type AS "objectType", e.object_id AS "objectId",
  e.object_name AS "objectName", e.own_polling AS "isOwnPolling"`;

/**
 * One page of audit events by keyset, newest first, nearest to the cursor. Read along external_audit_people (or
 * external_audit_at with our own polling shown); the rest of the filter is checked row by row, so the caller bounds the range.
 */
export async function readExternalEvents(ask: {
  readonly range: TimeRange;
  readonly filter: AuditFilter;
  readonly cursor: PageCursor | undefined;
  readonly limit: number;
}): Promise<readonly ExternalEvent[]> {
  const { range, filter, cursor, limit } = ask;
  const isNewer = cursor?.direction === "newer";
  const order = isNewer ? "ASC" : "DESC";
  const values: unknown[] = [range.from, range.to, limit];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const contains = (column: string, text: string) =>
    `strpos(lower(${column}), lower(${parameter(text)})) > 0`;
  const where = [
    "e.at >= $1 AND e.at < $2",
    ...(cursor ? cursorConditions(cursor, parameter) : []),
    ...(filter.own === "shown" ? [] : ["NOT e.own_polling"]),
    ...(filter.sourceId === undefined ? [] : [`e.source_id = ${parameter(filter.sourceId)}`]),
    ...(filter.action === undefined ? [] : [`e.action = ${parameter(filter.action)}`]),
    ...(filter.outcome === undefined ? [] : [`e.outcome = ${parameter(filter.outcome)}`]),
    ...(filter.person === undefined ? [] : [contains("coalesce(e.actor_name, e.actor_id)", filter.person)]),
    ...(filter.event === undefined ? [] : [contains("e.name", filter.event)]),
    ...(filter.object === undefined
      ? []
      : [contains("concat_ws(' ', e.object_type, e.object_name, e.object_id)", filter.object)]),
  ].join(" AND ");
  const { rows } = await database().pool.query<ExternalEvent>(
    `SELECT ${COLUMNS} FROM signal.external_audit_event e JOIN public.source s ON s.id = e.source_id
     WHERE ${where} ORDER BY e.at ${order}, e.id ${order} LIMIT $3`,
    values,
  );
  return isNewer ? rows.toReversed() : rows;
}

function cursorConditions(cursor: PageCursor, parameter: (value: unknown) => string): readonly string[] {
  const [beyond, bound] = cursor.direction === "older" ? ["<", "<="] : [">", ">="];
  const at = `${parameter(cursor.at)}::timestamptz`;
  return [`(e.at, e.id) ${beyond} (${at}, ${parameter(cursor.id)}::int8)`, `e.at ${bound} ${at}`];
}

/** One event with its sealed attributes; undefined when there is no such event. Primary key. */
export async function readExternalEvent(
  place: EventPlace,
): Promise<
  (ExternalEvent & { readonly keyId: string | null; readonly attributes: Buffer | null }) | undefined
> {
  const { rows } = await database().pool.query(
    `SELECT ${COLUMNS}, e.key_id AS "keyId", e.attributes
     FROM signal.external_audit_event e JOIN public.source s ON s.id = e.source_id
     WHERE e.source_id = $1 AND e.at = $2 AND e.id = $3::int8`,
    [place.sourceId, place.at, place.id],
  );
  return rows[0];
}
