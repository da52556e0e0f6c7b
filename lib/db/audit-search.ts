import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { TrailFilter, TrailSort } from "@/lib/core/audit/trail-filter";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";
import { fetchAll } from "./fetch-all";

/** One line of our own trail, as a list shows it. */
export type TrailRow = Omit<AuditLeaf, "requestId"> & {
  readonly id: string;
  /** Name of the account; null for other actors and for accounts that are gone. */
  readonly actorName: string | null;
  /** Block it is sealed in; null while it waits. */
  readonly block: string | null;
};

/** What a list or a report shows, and in which order. */
export type TrailAsk = {
  readonly range: TimeRange;
  readonly filter: TrailFilter;
  readonly sort: TrailSort;
};

/**
 * One page of lines by keyset, nearest to the cursor: `older` goes on in the order of the list, whatever it is sorted by,
 * `newer` goes back. By time it is read along audit_leaf_at and the filter is checked row by row, so the caller bounds the
 * range; by anything else the lines of the range are sorted.
 */
export async function searchTrail(
  ask: TrailAsk & { readonly cursor: PageCursor | undefined; readonly limit: number },
): Promise<readonly TrailRow[]> {
  const isBack = ask.cursor?.direction === "newer";
  const { text, values } = statementOf({ ...ask, isBack });
  const { rows } = await database().pool.query<TrailRow>(`${text} LIMIT ${Math.trunc(ask.limit)}`, [
    ...values,
  ]);
  return isBack ? rows.toReversed() : rows;
}

/**
 * Every line of a report at one moment, in order, some thousand at a time as they are taken off; sorted once. The connection is given back when
 * the last was taken or nobody wants more; taking longer than a minute over some thousand lines ends it.
 */
export async function* streamTrail(ask: TrailAsk): AsyncGenerator<readonly TrailRow[]> {
  const client = await database().pool.connect();
  let isDone = false;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(
      "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '1min'",
    );
    const statement = statementOf({ ...ask, cursor: undefined, isBack: false });
    yield* fetchAll<TrailRow>(client, { name: "trail_report", ...statement });
    await client.query("COMMIT");
    isDone = true;
  } finally {
    client.release(!isDone);
  }
}

function statementOf(ask: TrailAsk & { readonly cursor: PageCursor | undefined; readonly isBack: boolean }): {
  readonly text: string;
  readonly values: readonly unknown[];
} {
  const { range, cursor, sort } = ask;
  const isUp = (sort.direction === "asc") !== ask.isBack;
  const values: unknown[] = [range.from, range.to];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const where = [
    "l.at >= $1 AND l.at < $2",
    ...filterConditions(ask.filter, parameter),
    ...(cursor === undefined ? [] : [beyond({ cursor, sort, isUp, parameter })]),
  ].join(" AND ");
  const columns = sort.key === "at" ? placeColumns : [sortColumn(sort.key, "l", "u"), ...placeColumns];
  const order = columns.map((column) => `${column} ${isUp ? "ASC" : "DESC"}`).join(", ");
  return { text: `SELECT ${rowColumns} ${fromLeaves} WHERE ${where} ORDER BY ${order}`, values };
}

const rowColumns = `l.id::text AS id, l.at, l.actor_kind AS "actorKind", l.actor_id AS "actorId", u.name AS "actorName", l.action,
  l.permission, l.entity_type AS "entityType", l.entity_id AS "entityId", l.outcome, l.detail, m.block::text AS block`;

const fromLeaves = `FROM signal.audit_leaf l
  LEFT JOIN public."user" u ON l.actor_kind = 'user' AND u.id::text = l.actor_id
  LEFT JOIN signal.audit_block_leaf m ON m.leaf_id = l.id`;

const placeColumns = ["l.at", "l.id"];

/** What lines are sorted by, with the names that their table and that of people bear in the statement. */
function sortColumn(key: Exclude<TrailSort["key"], "at">, leaf: string, person: string): string {
  switch (key) {
    case "person":
      return `lower(coalesce(${person}.name, ${leaf}.actor_id))`;
    case "action":
      return `${leaf}.action`;
    case "entity":
      return `concat_ws(' ', ${leaf}.entity_type, ${leaf}.entity_id)`;
    case "outcome":
      return `${leaf}.outcome`;
  }
}

type Parameter = (value: unknown) => string;

function filterConditions(filter: TrailFilter, parameter: Parameter): readonly string[] {
  const contains = (columns: string, text: string) =>
    `strpos(lower(concat_ws(' ', ${columns})), lower(${parameter(text)})) > 0`;
  return [
    ...(filter.person === undefined ? [] : [contains("u.name, u.email, l.actor_id", filter.person)]),
    ...(filter.action === undefined ? [] : [`l.action = ${parameter(filter.action)}`]),
    ...(filter.entity === undefined ? [] : [contains("l.entity_type, l.entity_id", filter.entity)]),
    ...(filter.outcome === undefined ? [] : [`l.outcome = ${parameter(filter.outcome)}`]),
  ];
}

function beyond(of: {
  readonly cursor: PageCursor;
  readonly sort: TrailSort;
  readonly isUp: boolean;
  readonly parameter: Parameter;
}): string {
  const { cursor, sort, parameter } = of;
  const sign = of.isUp ? ">" : "<";
  const place = `${parameter(cursor.at)}::timestamptz, ${parameter(cursor.id)}::int8`;
  if (sort.key === "at") return `(l.at, l.id) ${sign} (${place})`;
  // The cursor names a line; what it is sorted by is looked up, so that no name stands in an address.
  const there = `SELECT ${sortColumn(sort.key, "al", "au")} FROM signal.audit_leaf al
    LEFT JOIN public."user" au ON al.actor_kind = 'user' AND au.id::text = al.actor_id WHERE al.id = ${parameter(cursor.id)}::int8`;
  return `(${sortColumn(sort.key, "l", "u")}, l.at, l.id) ${sign} ((${there}), ${place})`;
}
