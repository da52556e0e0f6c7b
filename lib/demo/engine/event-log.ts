import { calendar, element, emptyLeaf, leaf, stringEntry, type WireNode, withClass } from "./node";

/** One line of the engine's audit log. */
export type EngineEvent = {
  readonly id: number;
  readonly atMs: number;
  readonly level: "INFORMATION" | "WARNING" | "ERROR";
  readonly name: string;
  /** Values end with a newline where the engine writes them so; undefined prints as an empty string. */
  readonly attributes: readonly (readonly [string, string | undefined])[];
  readonly outcome: "SUCCESS" | "FAILURE";
  /** 0 = system, and every failed login. */
  readonly userId: number;
  readonly ipAddress?: string;
};

export type EventLog = {
  record(event: Omit<EngineEvent, "id" | "level"> & { readonly level?: EngineEvent["level"] }): void;
  /** Oldest first. */
  list(): readonly EngineEvent[];
  find(id: number): EngineEvent | undefined;
  maxId(): number;
};

/** Older ones are pruned, as an engine's data pruner would. */
const keptEvents = 20_000;

/** Ids count up from `firstId`; what an earlier run of the engine logged has been pruned. */
export function createEventLog(firstId = 1): EventLog {
  let events: EngineEvent[] = [];
  let nextId = firstId;
  return {
    record: (event) => {
      events.push({ level: "INFORMATION", ...event, id: nextId });
      nextId += 1;
      if (events.length > keptEvents * 1.1) events = events.slice(-keptEvents);
    },
    list: () => events,
    find: (id) => events[id - (nextId - events.length)],
    maxId: () => nextId - 1,
  };
}

/** `dateTime` and `nanoTime` are the moment of reading, not of the event: that is what the engine returns. */
export function eventNode(
  event: EngineEvent,
  view: { readonly serverId: string; readonly nowMs: number },
): WireNode {
  const attributes = element(
    "attributes",
    event.attributes.map(([name, value]) => stringEntry(name, value ?? "")),
  );
  return element("event", [
    leaf("dateTime", view.nowMs),
    leaf("nanoTime", view.nowMs * 1_000 + event.id),
    leaf("id", event.id),
    calendar("eventTime", event.atMs),
    leaf("level", event.level),
    leaf("name", event.name),
    // Logins are logged with another map class, which carries no class attribute.
    event.name === "Login" ? attributes : withClass(attributes, "linked-hash-map"),
    leaf("outcome", event.outcome),
    leaf("userId", event.userId),
    event.ipAddress === undefined ? undefined : leaf("ipAddress", event.ipAddress),
    leaf("serverId", view.serverId),
  ]);
}

/** Filters of `GET /events`; newest first, `limit` keeps the newest. */
export function searchEvents(log: readonly EngineEvent[], query: URLSearchParams): readonly EngineEvent[] {
  const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
  const levels = query.getAll("level");
  const offset = number("offset", 0);
  const limit = number("limit", 20);
  return log
    .filter(
      (event) =>
        event.id >= number("minEventId", 0) &&
        event.id <= number("maxEventId", Number.MAX_SAFE_INTEGER) &&
        (levels.length === 0 || levels.includes(event.level)) &&
        (query.get("outcome") ?? event.outcome) === event.outcome &&
        (query.get("name") === null ||
          event.name.toLowerCase().includes((query.get("name") ?? "").toLowerCase())) &&
        number("userId", event.userId) === event.userId,
    )
    .reverse()
    .slice(offset, offset + limit);
}

export function eventList(
  events: readonly EngineEvent[],
  view: { readonly serverId: string; readonly nowMs: number },
): WireNode {
  return events.length === 0
    ? emptyLeaf("list")
    : element(
        "list",
        events.map((event) => eventNode(event, view)),
      );
}

/** How the engine names a channel in attributes, newline included. */
export function channelAttribute(channel: { readonly id: string; readonly name: string }): string {
  return `Channel[id=${channel.id},name=${channel.name}]\n`;
}
