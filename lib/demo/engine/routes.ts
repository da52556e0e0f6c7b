import { type Call, type Route, recordRead } from "./call";
import { channelRoutes } from "./channel-routes";
import { eventList, eventNode, searchEvents } from "./event-log";
import { calendar, leaf, type WireNode } from "./node";
import type { Reply } from "./reply";
import { serverLogNode } from "./server-log-node";
import {
  aboutNode,
  alertStatusesNode,
  alertsNode,
  channelGroupsNode,
  channelTagsNode,
  systemInfoNode,
  systemStatsNode,
} from "./server-node";
import { connectorStatesNode } from "./status-node";
import { currentUserNode, usersNode } from "./user-node";

/** The answer to a GET below `/api`; 404 where the engine has no such call. */
export function answerGet(path: string, call: Omit<Call, "path">): Reply {
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match !== null) return route.answer({ ...call, path: match.groups ?? {} });
  }
  return { kind: "html", status: 404, reason: "Not Found" };
}

const node =
  (make: (call: Call) => WireNode) =>
  (call: Call): Reply => ({ kind: "node", node: make(call) });
const text =
  (make: (call: Call) => string) =>
  (call: Call): Reply => ({ kind: "text", text: make(call) });

const serverRoutes: readonly Route[] = [
  { pattern: /^\/server\/version$/, answer: text(({ state }) => state.version) },
  { pattern: /^\/server\/id$/, answer: text(({ state }) => state.serverId) },
  { pattern: /^\/server\/timezone$/, answer: text(() => "UTC") },
  { pattern: /^\/server\/jvm$/, answer: text(() => "OpenJDK 64-Bit Server VM (17.0.12)") },
  { pattern: /^\/server\/buildDate$/, answer: text(() => "April 1, 2025") },
  { pattern: /^\/server\/status$/, answer: node(({ state }) => leaf("int", state.status())) },
  { pattern: /^\/server\/time$/, answer: node(({ nowMs }) => calendar("gregorian-calendar", nowMs)) },
  {
    pattern: /^\/server\/about$/,
    answer: node(({ state, nowMs }) =>
      aboutNode({ version: state.version, channelCount: state.stores.length, nowMs }),
    ),
  },
  { pattern: /^\/server\/channelTags$/, answer: node(({ state }) => channelTagsNode(state.stores)) },
  { pattern: /^\/system\/info$/, answer: node(() => systemInfoNode()) },
  { pattern: /^\/system\/stats$/, answer: node(({ nowMs }) => systemStatsNode(nowMs)) },
  {
    pattern: /^\/channelgroups$/,
    answer: node(({ state }) =>
      channelGroupsNode({ stores: state.stores, version: state.version, atMs: state.deployedAtMs() }),
    ),
  },
];

const userRoutes: readonly Route[] = [
  { pattern: /^\/users$/, answer: node(({ access, nowMs }) => usersNode(access.list(), nowMs)) },
  {
    pattern: /^\/users\/current$/,
    answer: node(({ caller, nowMs }) => currentUserNode(caller.user, nowMs)),
  },
];

const eventRoutes: readonly Route[] = [
  {
    pattern: /^\/events$/,
    answer: node(({ state, query, nowMs }) =>
      eventList(searchEvents(state.events.list(), query), { serverId: state.serverId, nowMs }),
    ),
  },
  {
    pattern: /^\/events\/maxEventId$/,
    answer: ({ state }) => ({ kind: "number", tag: "int", value: state.events.maxId() }),
  },
  // On the engine's own Derby database this call fails, always.
  { pattern: /^\/events\/count$/, answer: () => ({ kind: "exception", message: "java.sql.SQLException" }) },
  {
    pattern: /^\/events\/(?<eventId>\d+)$/,
    answer: ({ state, path, nowMs }) => {
      const event = state.events.find(Number(path.eventId));
      if (event === undefined) return { kind: "nothing" };
      return { kind: "node", node: eventNode(event, { serverId: state.serverId, nowMs }) };
    },
  },
];

const extensionRoutes: readonly Route[] = [
  {
    pattern: /^\/extensions\/dashboardstatus\/connectorStates$/,
    answer: node(({ state }) => connectorStatesNode(state.stores)),
  },
  {
    pattern: /^\/extensions\/serverlog$/,
    answer: node(({ state, query }) => serverLogNode(state, query)),
  },
  { pattern: /^\/alerts\/statuses$/, answer: node(({ state }) => alertStatusesNode(state.alerts())) },
  {
    pattern: /^\/alerts$/,
    answer: (call) => {
      recordRead(call, { name: "Get alerts", attributes: [["alertIds", undefined]] });
      return { kind: "node", node: alertsNode(call.state.alerts(), call.state.version) };
    },
  },
];

const routes: readonly Route[] = [
  ...serverRoutes,
  ...userRoutes,
  ...eventRoutes,
  ...extensionRoutes,
  ...channelRoutes,
];
