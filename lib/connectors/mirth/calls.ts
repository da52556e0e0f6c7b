import { AppError } from "@/lib/core/errors";

/** One read call to the engine. Only this file makes them; the client knows no method but GET. */
export type EngineCall = {
  readonly name: keyof typeof calls;
  /** Path and query below the engine's address. */
  readonly path: string;
  readonly accept: "application/xml" | "text/plain";
};

type Window = { readonly channelId: string; readonly from: number; readonly to: number };

/**
 * Every call that this product can make to an engine, in which any account may delete messages: a closed list of reads.
 * Those on messages leave an event in the engine's audit log, the others do not (the maximum id included).
 */
export const calls = {
  /** Answers without an account. */
  version: () => plain("version", "/server/version"),
  status: () => xml("status", "/server/status"),
  about: () => xml("about", "/server/about"),
  time: () => xml("time", "/server/time"),
  currentUser: () => xml("currentUser", "/users/current"),
  users: () => xml("users", "/users"),
  channelNames: () => xml("channelNames", "/channels/idsAndNames"),
  statuses: () => xml("statuses", "/channels/statuses", { includeUndeployed: true }),
  statistics: () => xml("statistics", "/channels/statistics", { includeUndeployed: true }),
  connectorStates: () => xml("connectorStates", "/extensions/dashboardstatus/connectorStates"),
  columns: ({ channelId }: { readonly channelId: string }) =>
    xml("columns", `${channelPath(channelId)}/metaDataColumns`),
  systemStats: () => xml("systemStats", "/system/stats"),
  alertStatuses: () => xml("alertStatuses", "/alerts/statuses"),
  maxMessageId: ({ channelId }: { readonly channelId: string }) =>
    xml("maxMessageId", `${channelPath(channelId)}/messages/maxMessageId`),
  /** All messages of a window of ids, without content. `limit` keeps the newest, so it must cover the window. */
  messages: ({ channelId, from, to }: Window) =>
    xml("messages", `${channelPath(channelId)}/messages`, {
      minMessageId: id(from),
      maxMessageId: id(to),
      limit: id(to - from + 1),
      includeContent: false,
    }),
  /** The newest message with at most this id. */
  newestMessage: ({ channelId, to }: Omit<Window, "from">) =>
    xml("newestMessage", `${channelPath(channelId)}/messages`, {
      maxMessageId: id(to),
      limit: 1,
      includeContent: false,
    }),
  /** The newest failed rows of a window, with content: the error text comes no other way. */
  failures: ({ channelId, from, to, limit }: Window & { readonly limit: number }) =>
    xml("failures", `${channelPath(channelId)}/messages`, {
      minMessageId: id(from),
      maxMessageId: id(to),
      status: "ERROR",
      limit: id(limit),
      includeContent: true,
    }),
  /** Rows at the head of a destination's queue: only they have attempts. */
  queueHead: ({ channelId, leg }: { readonly channelId: string; readonly leg: number }) =>
    xml("queueHead", `${channelPath(channelId)}/messages`, {
      status: "QUEUED",
      includedMetaDataId: id(leg),
      minSendAttempts: 1,
      limit: 5,
      includeContent: false,
    }),
  message: ({ channelId, messageId }: { readonly channelId: string; readonly messageId: number }) =>
    xml("message", `${channelPath(channelId)}/messages/${id(messageId)}`),
  /** Numbers of events exist as JSON or text only. */
  maxEventId: () => plain("maxEventId", "/events/maxEventId"),
  events: ({ from, to, limit }: Omit<Window, "channelId"> & { readonly limit: number }) =>
    xml("events", "/events", { minEventId: id(from), maxEventId: id(to), limit: id(limit) }),
  /** Some databases of the engine paste the name into SQL: it is a constant here and must stay one. */
  reprocessEvents: ({ from, limit }: { readonly from: number; readonly limit: number }) =>
    xml("reprocessEvents", "/events", { minEventId: id(from), name: "Reprocess messages", limit: id(limit) }),
} as const;

type Query = Readonly<Record<string, string | number | boolean>>;

function xml(name: EngineCall["name"], path: string, query?: Query): EngineCall {
  return { name, path: `/api${path}${queryOf(query)}`, accept: "application/xml" };
}

/** Plain strings of the engine are refused (406) as anything but text. */
function plain(name: EngineCall["name"], path: string): EngineCall {
  return { name, path: `/api${path}`, accept: "text/plain" };
}

function queryOf(query: Query | undefined): string {
  if (query === undefined) return "";
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `?${pairs.join("&")}`;
}

/** Whatever is no plain id could lead out of the path: a URL resolves even an encoded `..`. */
function channelPath(channelId: string): string {
  if (!CHANNEL_ID.test(channelId)) {
    throw new AppError("bad_request", "This is not the id of a channel of a Mirth-family engine.");
  }
  return `/channels/${channelId}`;
}

/** Ids are UUIDs by default; channels that were imported may have others. */
export const CHANNEL_ID = /^[A-Za-z0-9_-]{1,256}$/;

function id(value: number): number {
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
