import { type Call, listOf, type Route, recordRead } from "./call";
import type { ChannelStore } from "./channel-store";
import { type ConnectorContent, contentOf } from "./content-node";
import { channelAttribute } from "./event-log";
import { messageNode, withoutContent } from "./message-node";
import { element, leaf, type WireNode } from "./node";
import type { Reply } from "./reply";
import { searchAttributes } from "./search-attributes";
import { type FoundMessage, messageSearch, pageOf } from "./search-messages";
import { connectorNamesNode, idsAndNamesNode, metaDataColumnsNode, portsInUseNode } from "./server-node";
import { channelStatisticsNode, channelStatusNode } from "./status-node";
import { type ConnectorRow, isProcessedAt, rowsAt } from "./stored-message";

const statuses = (call: Call): readonly WireNode[] =>
  shownStores(call).map((store) =>
    channelStatusNode(store, {
      nowMs: call.nowMs,
      deployedAtMs: call.state.deployedAtMs(),
      isStarting: call.state.status() === 3,
    }),
  );

/** Calls about channels. Reads of messages are audited, reads of statuses and of the highest id are not. */
export const channelRoutes: readonly Route[] = [
  { pattern: /^\/channels\/statuses$/, answer: (call) => ({ kind: "node", node: listOf(statuses(call)) }) },
  { pattern: /^\/channels\/statuses\/initial$/, answer: initialStatuses },
  {
    pattern: /^\/channels\/statistics$/,
    answer: (call) => ({
      kind: "node",
      node: listOf(
        shownStores(call).map((store) =>
          channelStatisticsNode(store, { serverId: call.state.serverId, nowMs: call.nowMs }),
        ),
      ),
    }),
  },
  {
    pattern: /^\/channels\/idsAndNames$/,
    answer: ({ state }) => ({ kind: "node", node: idsAndNamesNode(state.stores) }),
  },
  {
    pattern: /^\/channels\/portsInUse$/,
    answer: ({ state }) => ({ kind: "node", node: portsInUseNode(state.stores) }),
  },
  {
    pattern: /^\/channels\/(?<channelId>[^/]+)\/status$/,
    answer: (call) => {
      const status =
        statuses(call)[shownStores(call).findIndex((store) => store.spec.id === call.path.channelId)];
      return status === undefined
        ? { kind: "html", status: 404, reason: "Not Found" }
        : { kind: "node", node: status };
    },
  },
  { pattern: /^\/channels\/(?<channelId>[^/]+)\/connectorNames$/, answer: named(connectorNamesNode) },
  { pattern: /^\/channels\/(?<channelId>[^/]+)\/metaDataColumns$/, answer: named(metaDataColumnsNode) },
  {
    pattern: /^\/channels\/(?<channelId>[^/]+)\/messages\/maxMessageId$/,
    answer: inChannel((store) => ({ kind: "node", node: leaf("long", store.maxMessageId()) })),
  },
  { pattern: /^\/channels\/(?<channelId>[^/]+)\/messages\/count$/, answer: inChannel(countMessages) },
  { pattern: /^\/channels\/(?<channelId>[^/]+)\/messages$/, answer: inChannel(findMessages) },
  {
    pattern: /^\/channels\/(?<channelId>[^/]+)\/messages\/(?<messageId>\d+)$/,
    answer: inChannel(messageContent),
  },
];

function shownStores({ state, query }: Call): readonly ChannelStore[] {
  const wanted = query.getAll("channelId");
  const withUndeployed = query.get("includeUndeployed") === "true";
  const isUndeployed = (store: ChannelStore) => state.status() === 3 || store.state() === "UNDEPLOYED";
  return state.stores.filter(
    (store) =>
      (withUndeployed || !isUndeployed(store)) && (wanted.length === 0 || wanted.includes(store.spec.id)),
  );
}

function initialStatuses(call: Call): Reply {
  const size = Number(call.query.get("fetchSize") ?? 100);
  return {
    kind: "node",
    node: element("dashboardChannelInfo", [
      element("dashboardStatuses", statuses(call).slice(0, size)),
      element(
        "remainingChannelIds",
        shownStores(call)
          .slice(size)
          .map((store) => leaf("string", store.spec.id)),
      ),
    ]),
  };
}

/** A call about a channel's names answers 204 where there is no such channel. */
function named(make: (spec: ChannelStore["spec"]) => WireNode): Route["answer"] {
  return ({ state, path }) => {
    const store = state.store(path.channelId ?? "");
    return store === undefined ? { kind: "nothing" } : { kind: "node", node: make(store.spec) };
  };
}

/** A call about messages fails with a stack trace where there is no such channel. */
function inChannel(answer: (store: ChannelStore, call: Call) => Reply): Route["answer"] {
  return (call) => {
    const store = call.state.store(call.path.channelId ?? "");
    return store === undefined
      ? { kind: "exception", message: "java.lang.NullPointerException" }
      : answer(store, call);
  };
}

function countMessages(store: ChannelStore, call: Call): Reply {
  const search = messageSearch(call.query);
  if (search.kind === "bad_date") return { kind: "html", status: 404, reason: "Not Found" };
  recordRead(call, {
    name: "Get search results count",
    attributes: searchAttributes({ channel: store.spec, query: call.query, isCount: true }),
  });
  return { kind: "node", node: leaf("long", search.find(store, call.nowMs).length) };
}

function findMessages(store: ChannelStore, call: Call): Reply {
  const search = messageSearch(call.query);
  if (search.kind === "bad_date") return { kind: "html", status: 404, reason: "Not Found" };
  recordRead(call, {
    name: "Get messages by page limit",
    attributes: searchAttributes({ channel: store.spec, query: call.query, isCount: false }),
  });
  const withContent = call.query.get("includeContent") === "true";
  const page = pageOf(search.find(store, call.nowMs), call.query);
  return {
    kind: "node",
    node: listOf(page.map((found) => view({ store, call, found, withContent }))),
  };
}

function messageContent(store: ChannelStore, call: Call): Reply {
  const messageId = Number(call.path.messageId);
  recordRead(call, {
    name: "Get message content",
    attributes: [
      ["metaDataIds", undefined],
      ["messageId", `${messageId}\n`],
      ["channel", channelAttribute(store.spec)],
    ],
  });
  const message = store.find(messageId);
  if (message === undefined || message.receivedAtMs > call.nowMs) return { kind: "nothing" };
  const found = { message, rows: rowsAt(message, call.nowMs) };
  return { kind: "node", node: view({ store, call, found, withContent: true }) };
}

function view(given: {
  readonly store: ChannelStore;
  readonly call: Call;
  readonly found: FoundMessage;
  readonly withContent: boolean;
}): WireNode {
  const { store, call, found } = given;
  const isProcessed = isProcessedAt(found.message, call.nowMs);
  const content = (row: ConnectorRow): ConnectorContent =>
    contentOf({ spec: store.spec, message: found.message, isProcessed }, row);
  return messageNode({
    spec: store.spec,
    serverId: call.state.serverId,
    message: found.message,
    rows: found.rows,
    isProcessed,
    content: given.withContent ? content : withoutContent,
  });
}
