import { setTimeout as delay } from "node:timers/promises";
import { seededRandom } from "../random";
import type { Access } from "./access";
import type { ChannelState } from "./channel-spec";
import type { ChannelStore } from "./channel-store";
import type { EngineState } from "./engine-state";
import { channelAttribute } from "./event-log";
import { planMessage, type WantedResult } from "./plan-message";
import type { Reply } from "./reply";
import { type Counters, channelTotals } from "./statistics";
import { type MessageFacts, rowsAt, type StoredMessage } from "./stored-message";

type ChannelRef = { readonly channelId: string };
type MessageRef = ChannelRef & { readonly messageId: number };

export type PostedMessage = ChannelRef & {
  /** Results by metaDataId; what is left out is decided by the channel's odds. */
  readonly wanted?: Readonly<Record<number, WantedResult>>;
  readonly facts?: Partial<MessageFacts>;
  /** The engine's clock when it arrives; now by default. */
  readonly at?: Date;
};

export type SeenRequest = { readonly method: string; readonly path: string };

/** What a test or the demo can make happen, and the truth to compare with. */
export type EngineControls = {
  readonly serverId: string;
  post(message: PostedMessage): StoredMessage | undefined;
  /** Every message of a channel as it stands now, oldest first. */
  listMessages(channelId: string): readonly StoredMessage[];
  /** Messages of a channel that came in (afterMs, untilMs], oldest first, as they were planned. */
  messagesBetween(
    span: ChannelRef & { readonly afterMs: number; readonly untilMs: number },
  ): readonly StoredMessage[];
  /** Totals as the engine would report them, with queued beside them. */
  totals(channelId: string): Counters & { readonly queued: number };
  channels(): readonly { readonly id: string; readonly name: string }[];
  /** Sessions die, alert counters go to 0, nothing is deployed for twelve seconds of the engine's clock. */
  restart(): void;
  clearStatistics(which: Partial<ChannelRef>): void;
  /** Sends a message again: as a new one with `originalId`, or in place of the old one. */
  reprocess(what: MessageRef & { readonly replace: boolean }): StoredMessage | undefined;
  removeMessage(message: MessageRef): void;
  setDown(what: ChannelRef & { readonly metaDataId: number; readonly isDown: boolean }): void;
  setChannelState(what: ChannelRef & { readonly state: ChannelState }): void;
  /** Every answer takes this much longer. */
  setSlow(delayMs: number): void;
  /** Every answer is this HTML error, as from a proxy in front; undefined ends it. */
  setHtmlError(status: number | undefined): void;
  /** The latest requests, oldest first. */
  requests(): readonly SeenRequest[];
  /** Used by the server itself. */
  noteRequest(request: SeenRequest): void;
  wait(): Promise<void>;
  failure(): Reply | undefined;
};

export function engineControls({ state, access }: { state: EngineState; access: Access }): EngineControls {
  const requests: SeenRequest[] = [];
  let slowMs = 0;
  let htmlStatus: number | undefined;
  let posted = 0;
  const nextRandom = () => {
    posted += 1;
    return seededRandom("posted", posted);
  };
  const record = (name: string, attributes: readonly (readonly [string, string | undefined])[]) =>
    state.events.record({
      name,
      attributes,
      atMs: state.settle(),
      outcome: "SUCCESS",
      userId: 3,
      ipAddress: "127.0.0.1",
    });

  return {
    serverId: state.serverId,
    post: ({ channelId, wanted, facts, at }) => {
      const nowMs = state.settle();
      const message = { channelId, atMs: at?.getTime() ?? nowMs, random: nextRandom() };
      return state.receive({ ...message, wanted: wanted ?? {}, facts: facts ?? {} });
    },
    listMessages: (channelId) => {
      const nowMs = state.settle();
      const messages = state.store(channelId)?.messages() ?? [];
      return messages.map((message) => ({ ...message, rows: rowsAt(message, nowMs) }));
    },
    messagesBetween: ({ channelId, afterMs, untilMs }) => {
      state.settle();
      const messages = state.store(channelId)?.messages() ?? [];
      return messages.filter(({ receivedAtMs }) => receivedAtMs > afterMs && receivedAtMs <= untilMs);
    },
    totals: (channelId) => totalsOf(state, channelId),
    channels: () => state.stores.map((store) => ({ id: store.spec.id, name: store.spec.name })),
    restart: () => {
      state.settle();
      access.endAllSessions();
      state.markRestarted();
    },
    clearStatistics: ({ channelId }) => {
      state.settle();
      for (const store of state.stores) {
        if (channelId !== undefined && store.spec.id !== channelId) continue;
        store.clearStatistics();
        record("Clear statistics", [["channelConnectorMap", `{${store.spec.id}=null}\n`]]);
      }
    },
    reprocess: ({ channelId, messageId, replace }) => {
      const store = state.store(channelId);
      const nowMs = state.settle();
      const original = store?.find(messageId);
      if (store === undefined || original === undefined) return undefined;
      record("Reprocess messages", [
        ["replace", `${replace}\n`],
        ["messageId", `${messageId}\n`],
        ["channel", channelAttribute(store.spec)],
      ]);
      return sendAgain({ store, original, replace, nowMs, random: nextRandom() });
    },
    removeMessage: ({ channelId, messageId }) => {
      const store = state.store(channelId);
      if (store?.remove(messageId) === true) {
        record("Remove message", [
          ["messageId", `${messageId}\n`],
          ["channel", channelAttribute(store.spec)],
        ]);
      }
    },
    setDown: ({ channelId, metaDataId, isDown }) =>
      state.store(channelId)?.queue(metaDataId).setDown({ isDown, atMs: state.settle() }),
    setChannelState: ({ channelId, state: wanted }) => {
      const store = state.store(channelId);
      if (store === undefined) return;
      state.settle();
      store.setState(wanted);
      record(stateEventNames[wanted], [
        ["returnErrors", "false\n"],
        ["channel", channelAttribute(store.spec)],
      ]);
    },
    setSlow: (delayMs) => {
      slowMs = delayMs;
    },
    setHtmlError: (status) => {
      htmlStatus = status;
    },
    requests: () => requests,
    noteRequest: (request) => {
      requests.push(request);
      if (requests.length > keptRequests) requests.shift();
    },
    wait: async () => {
      if (slowMs > 0) await delay(slowMs);
    },
    failure: () =>
      htmlStatus === undefined
        ? undefined
        : { kind: "html", status: htmlStatus, reason: "Service Unavailable" },
  };
}

/** Enough for any test; the demo's engine runs for months. */
const keptRequests = 20_000;

const stateEventNames: Readonly<Record<ChannelState, string>> = {
  STARTED: "Start channels",
  PAUSED: "Pause channels",
  STOPPED: "Stop channels",
  UNDEPLOYED: "Undeploy channels",
};

function totalsOf(state: EngineState, channelId: string): Counters & { readonly queued: number } {
  const nowMs = state.settle();
  const store = state.store(channelId);
  const connectorIds = [0, ...(store?.spec.destinations.map((_, index) => index + 1) ?? [])];
  return {
    ...channelTotals(store?.counters("current", nowMs) ?? []),
    queued: connectorIds.reduce((sum, metaDataId) => sum + (store?.queued(metaDataId, nowMs) ?? 0), 0),
  };
}

type Repeat = {
  readonly store: ChannelStore;
  readonly original: StoredMessage;
  readonly replace: boolean;
  readonly nowMs: number;
  readonly random: () => number;
};

/** A replace keeps id and first received time and renews everything else; a plain reprocess is a new message. */
function sendAgain({ store, original, replace, nowMs, random }: Repeat): StoredMessage {
  const destinationIds = store.spec.destinations.map((_, index) => index + 1);
  const again = planMessage({
    spec: store.spec,
    random,
    messageId: replace ? original.messageId : store.nextMessageId(),
    startedAtMs: nowMs,
    facts: original.facts,
    wanted: { 0: { kind: "sent" } },
    down: new Set(destinationIds.filter((metaDataId) => store.queue(metaDataId).isDown())),
    waiting: new Set(destinationIds.filter((metaDataId) => store.queue(metaDataId).size() > 0)),
  });
  if (!replace) {
    const copy = { ...again, originalId: original.messageId };
    store.add(copy);
    return copy;
  }
  const replaced = { ...again, receivedAtMs: original.receivedAtMs };
  store.replace(replaced);
  return replaced;
}
