import type { Random } from "../random";
import { seededRandom } from "../random";
import type { ChannelSpec } from "./channel-spec";
import { type ChannelStore, createChannelStore } from "./channel-store";
import { createEventLog, type EventLog } from "./event-log";
import { drawFacts } from "./message-facts";
import { type IsDown, outageClock } from "./outages";
import { planMessage, type WantedResult } from "./plan-message";
import type { EngineAlert } from "./server-node";
import type { MessageFacts, StoredMessage } from "./stored-message";
import { type Arrival, arrivalsBetween, arrivalsInPast, type Rhythm } from "./traffic";

/** The engine needs about twelve seconds from API-up to everything deployed. */
const startUpMs = 12_000;

export type EngineSettings = {
  readonly seed: number;
  readonly now: () => Date;
  readonly version: string;
  readonly channels: readonly ChannelSpec[];
  /** Messages that the engine already holds when it starts, spread over `historyMs`. */
  readonly messages: number;
  readonly historyMs: number;
  /** Messages a minute that keep arriving, over all channels. */
  readonly perMinute: number;
  readonly rhythm: Rhythm;
  /** Where traffic begins, when not now: what came in between is made at the first look. */
  readonly trafficFrom?: Date;
  /** First message id of a channel; 1 where nothing is said. */
  readonly firstMessageIds?: Readonly<Record<string, number>>;
  readonly firstEventId?: number;
  /**
   * When it came up, where that was before its traffic begins: the log then tells of all the traffic, and no longer of
   * how it came up.
   */
  readonly upSince?: Date;
  /** Messages older than this are pruned; kept for ever where nothing is said. */
  readonly keepMs?: number;
  readonly isDown?: IsDown;
  /** What people do at the engine in (afterMs, untilMs], oldest first. */
  readonly staff?: (span: Span) => readonly NewEvent[];
  /** Messages that come besides the drawn ones in a span, in any order. */
  readonly appointed?: (span: Span) => readonly Appointed[];
};

/** (afterMs, untilMs]. */
type Span = { readonly afterMs: number; readonly untilMs: number };

export type Appointed = {
  readonly channelId: string;
  readonly atMs: number;
  readonly facts: Pick<MessageFacts, "controlId"> & Partial<MessageFacts>;
};

/** What the log is told; id and level are added there. */
export type NewEvent = Parameters<EventLog["record"]>[0];

export type NewMessage = {
  readonly channelId: string;
  readonly atMs: number;
  readonly random: Random;
  readonly facts?: Partial<MessageFacts>;
  readonly wanted?: Readonly<Record<number, WantedResult>>;
};

/** Everything a running stub knows. One per engine; only its routes and its control functions touch it. */
export type EngineState = {
  readonly serverId: string;
  readonly version: string;
  readonly events: EventLog;
  readonly stores: readonly ChannelStore[];
  readonly alerts: () => readonly EngineAlert[];
  /** Lets everything happen that is due by now, and returns now. */
  settle(): number;
  receive(message: NewMessage): StoredMessage | undefined;
  store(channelId: string): ChannelStore | undefined;
  deployedAtMs(): number;
  /** 0 OK, 3 initial deploy. */
  status(): 0 | 3;
  markRestarted(): void;
};

export function createEngineState(settings: EngineSettings): EngineState {
  const nowMs = () => settings.now().getTime();
  const stores = settings.channels.map((spec) =>
    createChannelStore(spec, settings.firstMessageIds?.[spec.id] ?? 1),
  );
  const events = createEventLog(settings.firstEventId);
  const bootedMs = nowMs();
  let settledMs = settings.trafficFrom?.getTime() ?? bootedMs;
  let startedAtMs = (settings.upSince?.getTime() ?? bootedMs) - startUpMs;
  const loggedFromMs = settings.upSince === undefined ? bootedMs : settledMs;
  const passOutages = outageClock({ stores, isDown: settings.isDown, fromMs: settledMs });
  let alerted = 0;

  const receive = (message: NewMessage): StoredMessage | undefined => {
    const store = stores.find((one) => one.spec.id === message.channelId);
    if (store === undefined || (store.state() !== "STARTED" && message.wanted === undefined))
      return undefined;
    store.settle(message.atMs);
    const planned = plan(store, message);
    store.add(planned);
    // Of messages from before this run the log of this run tells nothing.
    if (
      message.atMs >= loggedFromMs - settings.historyMs &&
      planned.rows.some((row) => row.status === "ERROR")
    ) {
      alerted += 1;
      events.record(alertDispatched(store.spec, planned));
    }
    return planned;
  };
  const receiveAll = (messages: readonly NewMessage[]) => {
    for (const message of messages.toSorted((one, other) => one.atMs - other.atMs)) {
      passOutages(message.atMs);
      receive(message);
    }
  };

  if (settings.upSince === undefined) recordStart(events, startedAtMs - settings.historyMs);
  const past = { count: settings.messages, fromMs: settledMs - settings.historyMs, toMs: settledMs - 5_000 };
  receiveAll(arrivalsInPast(settings, past).flatMap((one) => drawnMessage(settings, one)));

  return {
    serverId: serverIdOf(settings.seed),
    version: settings.version,
    events,
    stores,
    alerts: () => [{ id: "33333333-0000-4000-8000-000000000001", name: "Any channel error", alerted }],
    settle: () => {
      const untilMs = nowMs();
      const span = { afterMs: settledMs, untilMs };
      receiveAll([
        ...arrivalsBetween(settings, span).flatMap((one) => drawnMessage(settings, one)),
        ...(settings.appointed?.(span) ?? []).map((one) => appointedMessage(settings, one)),
      ]);
      passOutages(untilMs);
      const logged = { ...span, afterMs: Math.max(span.afterMs, loggedFromMs) };
      for (const act of settings.staff?.(logged) ?? []) events.record(act);
      settledMs = Math.max(settledMs, untilMs);
      for (const store of stores) {
        store.settle(untilMs);
        if (settings.keepMs !== undefined) store.prune(untilMs - settings.keepMs);
      }
      return untilMs;
    },
    receive,
    store: (channelId) => stores.find((store) => store.spec.id === channelId),
    deployedAtMs: () => startedAtMs + startUpMs,
    status: () => (nowMs() < startedAtMs + startUpMs ? 3 : 0),
    markRestarted: () => {
      startedAtMs = nowMs();
      alerted = 0;
      events.record(systemEvent("Server shutdown", startedAtMs - 1_000));
      recordStart(events, startedAtMs);
    },
  };
}

function drawnMessage({ channels }: EngineSettings, arrival: Arrival): readonly NewMessage[] {
  const { channelIndex, atMs, random } = arrival;
  const channelId = channels[channelIndex]?.id;
  return channelId === undefined ? [] : [{ channelId, atMs, random }];
}

function appointedMessage({ seed }: EngineSettings, message: Appointed): NewMessage {
  return { ...message, random: seededRandom(seed, "appointed", message.facts.controlId) };
}

function plan(store: ChannelStore, message: NewMessage): StoredMessage {
  const messageId = store.nextMessageId();
  const { spec } = store;
  const drawn = drawFacts({ spec, random: message.random, messageId, atMs: message.atMs });
  const destinationIds = spec.destinations.map((_, index) => index + 1);
  return planMessage({
    spec,
    random: message.random,
    messageId,
    startedAtMs: message.atMs,
    facts: { ...drawn, ...message.facts },
    wanted: message.wanted ?? {},
    down: new Set(destinationIds.filter((metaDataId) => store.queue(metaDataId).isDown())),
    waiting: new Set(destinationIds.filter((metaDataId) => store.queue(metaDataId).size() > 0)),
  });
}

function recordStart(events: EventLog, atMs: number): void {
  events.record(systemEvent("Server startup", atMs));
  events.record(systemEvent("Server startup complete", atMs + startUpMs));
}

function systemEvent(name: string, atMs: number) {
  return { name, atMs, attributes: [], outcome: "SUCCESS", userId: 0 } as const;
}

/** One event an error, without any throttle: so does the engine. */
function alertDispatched(spec: ChannelSpec, message: StoredMessage) {
  const row = message.rows.find((one) => one.status === "ERROR");
  const name =
    row === undefined || row.metaDataId === 0 ? "Source" : spec.destinations[row.metaDataId - 1]?.name;
  return {
    name: "Alert Dispatched",
    atMs: row?.respondedAtMs ?? message.receivedAtMs,
    attributes: [
      ["alertName", "Any channel error"],
      ["channelId", spec.id],
      ["channelName", spec.name],
      ["connectorName", name],
      ["errorType", row?.metaDataId === 0 ? "SOURCE_CONNECTOR" : "DESTINATION_CONNECTOR"],
      ["messageId", String(message.messageId)],
    ],
    outcome: "SUCCESS",
    userId: 0,
  } as const;
}

function serverIdOf(seed: number): string {
  const random = seededRandom(seed, "server");
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
