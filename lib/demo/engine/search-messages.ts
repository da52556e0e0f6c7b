import type { ChannelStore } from "./channel-store";
import { columnValue } from "./message-facts";
import { messageText } from "./message-text";
import { type ConnectorRow, rowsAt, type StoredMessage } from "./stored-message";

export type FoundMessage = { readonly message: StoredMessage; readonly rows: readonly ConnectorRow[] };

export type MessageSearch =
  | {
      readonly kind: "search";
      readonly find: (store: ChannelStore, nowMs: number) => readonly FoundMessage[];
    }
  /** A date in any form but `yyyy-MM-ddTHH:mm:ss.SSSZ` with a numeric zone is answered with 404. */
  | { readonly kind: "bad_date" };

/**
 * Filters of `GET /channels/{id}/messages`. Newest first. A filter on rows (status, connector, attempts) returns only
 * the rows that match: a message found by a destination's error comes without its source.
 */
export function messageSearch(query: URLSearchParams): MessageSearch {
  const startMs = dateParameter(query.get("startDate"));
  const endMs = dateParameter(query.get("endDate"));
  if (startMs === "bad" || endMs === "bad") return { kind: "bad_date" };
  const matchesMessage = messageFilter(query, { startMs, endMs });
  const matchesRow = rowFilter(query);
  return {
    kind: "search",
    find: (store, nowMs) =>
      [...store.messages()]
        .reverse()
        .filter((message) => message.receivedAtMs <= nowMs && matchesMessage(message, store))
        .map((message) => ({ message, rows: rowsAt(message, nowMs).filter(matchesRow) }))
        .filter((found) => found.rows.length > 0),
  };
}

/** `limit` (20) and `offset` (0) over the newest-first list. */
export function pageOf<Found>(found: readonly Found[], query: URLSearchParams): readonly Found[] {
  const offset = Number(query.get("offset") ?? 0);
  return found.slice(offset, offset + Number(query.get("limit") ?? 20));
}

type Dates = { readonly startMs: number | undefined; readonly endMs: number | undefined };

function messageFilter(query: URLSearchParams, dates: Dates) {
  const atLeast = bounds(query, { from: "minMessageId", to: "maxMessageId" });
  const original = bounds(query, { from: "minOriginalId", to: "maxOriginalId" });
  const asksForOriginal = query.has("minOriginalId") || query.has("maxOriginalId");
  const text = query.get("textSearch");
  const columnSearches = query.getAll("metaDataSearch").map(columnSearch);
  return (message: StoredMessage, store: ChannelStore): boolean =>
    atLeast(message.messageId) &&
    (!asksForOriginal || (message.originalId !== undefined && original(message.originalId))) &&
    (dates.startMs === undefined || message.receivedAtMs >= dates.startMs) &&
    (dates.endMs === undefined || message.receivedAtMs <= dates.endMs) &&
    (text === null || messageText(store.spec, message.facts).includes(text)) &&
    columnSearches.every((matches) => matches(message, store));
}

function rowFilter(query: URLSearchParams) {
  const statuses = query.getAll("status");
  const included = query.getAll("includedMetaDataId").map(Number);
  const excluded = query.getAll("excludedMetaDataId").map(Number);
  const attempts = bounds(query, { from: "minSendAttempts", to: "maxSendAttempts" });
  const onlyErrors = query.get("error") === "true";
  return (row: ConnectorRow): boolean =>
    (statuses.length === 0 || statuses.includes(row.status)) &&
    (included.length === 0 || included.includes(row.metaDataId)) &&
    !excluded.includes(row.metaDataId) &&
    attempts(row.sendAttempts) &&
    // Misses errors that a script returned: their errorCode is 0.
    (!onlyErrors || row.errorCode > 0);
}

function bounds(query: URLSearchParams, names: { readonly from: string; readonly to: string }) {
  const from = Number(query.get(names.from) ?? Number.NEGATIVE_INFINITY);
  const to = Number(query.get(names.to) ?? Number.POSITIVE_INFINITY);
  return (value: number) => value >= from && value <= to;
}

const wireDate = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})([+-]\d\d)(\d\d)$/;

function dateParameter(value: string | null): number | undefined | "bad" {
  if (value === null) return undefined;
  const [, local, hours, minutes] = wireDate.exec(value) ?? [];
  const parsed = local === undefined ? Number.NaN : Date.parse(`${local}${hours}:${minutes}`);
  return Number.isNaN(parsed) ? "bad" : parsed;
}

/** "COLUMN = value"; the other operators of the engine are not needed here and match nothing. */
function columnSearch(search: string): (message: StoredMessage, store: ChannelStore) => boolean {
  const [name = "", value] = search.split(" = ");
  return (message, store) => {
    const column = store.spec.columns.find((one) => one.name === name.toUpperCase());
    return (
      column !== undefined && columnValue(column.holds, { spec: store.spec, facts: message.facts }) === value
    );
  };
}
