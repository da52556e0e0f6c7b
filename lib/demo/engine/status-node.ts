import type { ChannelState } from "./channel-spec";
import type { ChannelStore } from "./channel-store";
import { connectorName } from "./message-node";
import { calendar, element, emptyLeaf, entry, leaf, type WireNode, withClass } from "./node";
import { type Counters, channelTotals } from "./statistics";

export type StatusView = {
  readonly nowMs: number;
  readonly deployedAtMs: number;
  /** While the engine starts, nothing is deployed yet. */
  readonly isStarting: boolean;
};

const statusTag = "com.mirth.connect.donkey.model.message.Status";

/** One `dashboardStatus`: a channel with its connectors beneath, as `/channels/statuses` returns it. */
export function channelStatusNode(store: ChannelStore, view: StatusView): WireNode {
  const state = view.isStarting ? "UNDEPLOYED" : store.state();
  const connectorIds = [0, ...store.spec.destinations.map((_, index) => index + 1)];
  const current = store.counters("current", view.nowMs);
  const lifetime = store.counters("lifetime", view.nowMs);
  const queued = connectorIds.reduce((sum, metaDataId) => sum + store.queued(metaDataId, view.nowMs), 0);
  return element("dashboardStatus", [
    leaf("channelId", store.spec.id),
    leaf("name", store.spec.name),
    leaf("state", state),
    leaf("deployedRevisionDelta", 0),
    state === "UNDEPLOYED" ? undefined : calendar("deployedDate", view.deployedAtMs),
    statisticsNode("statistics", channelTotals(current)),
    statisticsNode("lifetimeStatistics", channelTotals(lifetime)),
    element(
      "childStatuses",
      connectorIds.map((metaDataId) =>
        connectorStatusNode({
          store,
          metaDataId,
          state: connectorState(state, metaDataId),
          current: current[metaDataId],
          lifetime: lifetime[metaDataId],
          queued: store.queued(metaDataId, view.nowMs),
        }),
      ),
    ),
    leaf("queueEnabled", false),
    leaf("queued", queued),
    leaf("waitForPrevious", false),
    leaf("statusType", "CHANNEL"),
  ]);
}

type ConnectorStatus = {
  readonly store: ChannelStore;
  readonly metaDataId: number;
  readonly state: string;
  readonly current: Counters | undefined;
  readonly lifetime: Counters | undefined;
  readonly queued: number;
};

function connectorStatusNode(status: ConnectorStatus): WireNode {
  const { store, metaDataId } = status;
  const hasQueue =
    metaDataId === 0 ? store.spec.hasSourceQueue : store.spec.destinations[metaDataId - 1]?.hasQueue === true;
  return element("dashboardStatus", [
    leaf("channelId", store.spec.id),
    leaf("name", connectorName(store.spec, metaDataId)),
    leaf("state", status.state),
    statisticsNode("statistics", status.current),
    statisticsNode("lifetimeStatistics", status.lifetime),
    emptyLeaf("childStatuses"),
    leaf("metaDataId", metaDataId),
    leaf("queueEnabled", hasQueue),
    leaf("queued", status.queued),
    leaf("waitForPrevious", false),
    leaf("statusType", metaDataId === 0 ? "SOURCE_CONNECTOR" : "DESTINATION_CONNECTOR"),
  ]);
}

/** PAUSED stops the source and lets destinations run. */
function connectorState(state: ChannelState, metaDataId: number): string {
  if (state === "PAUSED") return metaDataId === 0 ? "STOPPED" : "STARTED";
  return state;
}

function statisticsNode(tag: string, counters: Counters | undefined): WireNode {
  const values = [
    ["RECEIVED", counters?.received ?? 0],
    ["FILTERED", counters?.filtered ?? 0],
    ["SENT", counters?.sent ?? 0],
    ["ERROR", counters?.error ?? 0],
  ] as const;
  return withClass(
    element(
      tag,
      values.map(([name, value]) => entry(leaf(statusTag, name), leaf("long", value))),
    ),
    "linked-hash-map",
  );
}

/** Flat totals of a channel, as `/channels/statistics` returns them. */
export function channelStatisticsNode(
  store: ChannelStore,
  view: { readonly serverId: string; readonly nowMs: number },
): WireNode {
  const totals = channelTotals(store.counters("current", view.nowMs));
  const connectorIds = [0, ...store.spec.destinations.map((_, index) => index + 1)];
  return element("channelStatistics", [
    leaf("serverId", view.serverId),
    leaf("channelId", store.spec.id),
    leaf("received", totals.received),
    leaf("sent", totals.sent),
    leaf("error", totals.error),
    leaf("filtered", totals.filtered),
    leaf(
      "queued",
      connectorIds.reduce((sum, id) => sum + store.queued(id, view.nowMs), 0),
    ),
  ]);
}

/** Live connection states, keyed `channelId_metaDataId`: a colour and a word. */
export function connectorStatesNode(stores: readonly ChannelStore[]): WireNode {
  return element(
    "map",
    stores.flatMap((store) =>
      [0, ...store.spec.destinations.map((_, index) => index + 1)].map((metaDataId) =>
        entry(
          leaf("string", `${store.spec.id}_${metaDataId}`),
          element("object-array", [colour, leaf("string", stateWord(store, metaDataId))]),
        ),
      ),
    ),
  );
}

const colour = element("awt-color", [
  leaf("red", 255),
  leaf("green", 255),
  leaf("blue", 0),
  leaf("alpha", 255),
]);

function stateWord(store: ChannelStore, metaDataId: number): string {
  if (metaDataId === 0 || store.queue(metaDataId).size() === 0) return "Idle";
  return store.queue(metaDataId).isDown() ? "Waiting For Response" : "Sending";
}
