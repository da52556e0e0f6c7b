import type { Reach } from "@/lib/core/authz/policy";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import type { MessageFilter } from "@/lib/core/message/message-filter";
import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { type DeliveryLine, lineColumns } from "./delivery-line";
import { isWithinReach, reachValue } from "./within-reach";

/** The parts of a filter that say which legs are meant. */
type LegFilter = Pick<MessageFilter, (typeof legKeys)[number]>;
const legKeys = ["sourceId", "messageClass", "interfaceId", "legId", "direction"] as const;

/** Which deliveries, newest first. `legIds` carries the parts of the filter that name legs. */
export type DeliveryAsk = {
  readonly legIds: "all" | readonly number[];
  readonly range: TimeRange;
  readonly filter: Omit<MessageFilter, keyof LegFilter>;
};

type Cursored = DeliveryAsk & { readonly cursor?: PageCursor | undefined };

/**
 * One page of deliveries by keyset, always returned newest first; rows nearest to the cursor. The failed of all legs are
 * read along index delivery_failed; else each leg gives its own nearest rows, along delivery_leg_failed or the primary
 * key, of which the nearest of all are kept. Other parts of the filter are checked row by row: the caller bounds the range.
 */
export async function readDeliveryPage(
  ask: Cursored & { readonly limit: number },
): Promise<readonly DeliveryLine[]> {
  const lines: DeliveryLine[] = [];
  for (const range of nearestFirst(ask)) {
    lines.push(...(await readNearest({ ...ask, range, limit: ask.limit - lines.length })));
    if (lines.length >= ask.limit) break;
  }
  return ask.cursor?.direction === "newer" ? lines.toReversed() : lines;
}

/**
 * The range in parts, nearest to where the page starts first: the two days there, the week beyond, all the rest. A page
 * is mostly full after the first, and planning and opening two daily partitions is far less work than all of them.
 */
function nearestFirst({ range, cursor }: Cursored): readonly TimeRange[] {
  const isNewer = cursor?.direction === "newer";
  const edge = cursor?.at ?? range.to;
  const day = Math.floor(edge.getTime() / DAY_MS) * DAY_MS;
  const marks = isNewer ? [day + 2 * DAY_MS, day + 9 * DAY_MS] : [day - DAY_MS, day - 8 * DAY_MS];
  const inside = marks.map((ms) => new Date(ms)).filter((mark) => range.from < mark && mark < range.to);
  const places = isNewer ? [range.from, ...inside, range.to] : [range.to, ...inside, range.from];
  return places.slice(1).map((place, i) => {
    const near = places[i] ?? place;
    return isNewer ? { from: near, to: place } : { from: place, to: near };
  });
}

/** Rows of one part of the range, those nearest to the cursor first. */
async function readNearest(ask: Cursored & { readonly limit: number }): Promise<readonly DeliveryLine[]> {
  const order = ask.cursor?.direction === "newer" ? "ASC" : "DESC";
  const { values, parameter } = parameters();
  const limit = parameter(ask.limit);
  const source = fromLegs(ask, parameter, (where) => {
    return `SELECT * FROM signal.delivery d WHERE ${where}
      ORDER BY d.received_at ${order}, d.id ${order} LIMIT ${limit}`;
  });
  const text = `SELECT ${lineColumns("d")} FROM ${source}
    ORDER BY d.received_at ${order}, d.id ${order} LIMIT ${limit}`;
  const { rows } = await database().pool.query<DeliveryLine>(text, values);
  return rows;
}

/** How many deliveries there are, at most `cap`: counting stops there. */
export async function countDeliveries(ask: DeliveryAsk, cap: number): Promise<number> {
  const { values, parameter } = parameters();
  const limit = parameter(cap);
  const source = fromLegs(ask, parameter, (where) => {
    return `SELECT FROM signal.delivery d WHERE ${where} LIMIT ${limit}`;
  });
  const text = `SELECT count(*)::int AS n FROM (SELECT FROM ${source} LIMIT ${limit}) AS counted`;
  const { rows } = await database().pool.query<{ n: number }>(text, values);
  return rows[0]?.n ?? 0;
}

/** Legs within reach that a filter means, removed ones included: their messages stay until retention takes them. */
export async function readLegIds(of: LegFilter, reach: Reach): Promise<"all" | readonly number[]> {
  if (reach === "all" && legKeys.every((key) => of[key] === undefined)) return "all";
  const { rows } = await database().pool.query<{ id: number }>(
    `SELECT l.id FROM public.leg l JOIN public.interface i ON i.id = l.interface_id
     WHERE ($1::int IS NULL OR i.source_id = $1) AND ($2::text IS NULL OR i.message_class = $2)
       AND ($3::int IS NULL OR i.id = $3) AND ($4::int IS NULL OR l.id = $4) AND ($5::text IS NULL OR l.direction = $5)
       AND ${isWithinReach("$6")}`,
    [...legKeys.map((key) => of[key] ?? null), reachValue(reach)],
  );
  return rows.map(({ id }) => id);
}

/** Adds a value to the statement and answers with its place, "$1". */
type Parameter = (value: unknown) => string;

function parameters(): { readonly values: unknown[]; readonly parameter: Parameter } {
  const values: unknown[] = [];
  return { values, parameter: (value) => `$${values.push(value)}` };
}

/** The rows of `select` as a table expression named d: one scan over all legs, or one a leg. */
function fromLegs(ask: Cursored, parameter: Parameter, select: (where: string) => string): string {
  const where = conditions(ask, parameter);
  // The index of failures gives the order over all legs: received_at and id are unique enough, ids being hashes.
  if (ask.legIds === "all" && ask.filter.outcome === "failed") return `(${select(where.join(" AND "))}) d`;
  const own = select(["d.leg_id = leg.id", ...where].join(" AND "));
  const legs =
    ask.legIds === "all"
      ? "public.leg"
      : `unnest(${parameter(arrayLiteral(ask.legIds, (legId) => legId))}::int4[]) AS leg(id)`;
  return `${legs} CROSS JOIN LATERAL (${own}) d`;
}

/** Bounds are written twice, as a row comparison and on received_at alone: only the latter prunes partitions. */
function conditions({ range, cursor, filter }: Cursored, parameter: Parameter): readonly string[] {
  const bounds = [
    `d.received_at >= ${parameter(range.from)}::timestamptz`,
    `d.received_at < ${parameter(range.to)}::timestamptz`,
  ];
  if (cursor === undefined) return [...bounds, ...filterConditions(filter, parameter)];
  const at = `${parameter(cursor.at)}::timestamptz`;
  const id = `${parameter(cursor.id)}::int8`;
  const beyond =
    cursor.direction === "older"
      ? [`(d.received_at, d.id) < (${at}, ${id})`, `d.received_at <= ${at}`]
      : [`(d.received_at, d.id) > (${at}, ${id})`, `d.received_at >= ${at}`];
  return [...bounds, ...beyond, ...filterConditions(filter, parameter)];
}

function filterConditions(filter: DeliveryAsk["filter"], parameter: Parameter): readonly string[] {
  const { outcome, firstOutcome, state, ackCode, reason, type, minMs, maxMs } = filter;
  const when = (value: string | number | undefined, sql: (place: string) => string) =>
    value === undefined ? [] : [sql(parameter(value))];
  return [
    // Written out, so that the planner knows the partial indexes of failures apply.
    ...(outcome === "failed" ? ["d.outcome = 'failed'"] : when(outcome, (place) => `d.outcome = ${place}`)),
    ...when(firstOutcome, (place) => `d.first_outcome = ${place}`),
    ...when(state, (place) => `d.state = ${place}`),
    ...when(ackCode, (place) => `d.ack_code = ${place}`),
    ...when(reason, (place) => `d.reason = ${place}`),
    ...when(type, (place) => `starts_with(d.message_type, ${place})`),
    ...when(minMs, (place) => `d.latency_ms >= ${place}::int`),
    ...when(maxMs, (place) => `d.latency_ms < ${place}::int`),
  ];
}

const DAY_MS = 86_400_000;
