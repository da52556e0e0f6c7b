import type { ChannelSpec } from "./channel-spec";
import type { ChannelStore } from "./channel-store";
import { connectorName } from "./message-node";
import { calendar, element, emptyLeaf, entry, leaf, stringEntry, type WireNode, withClass } from "./node";

/** Answers about the server itself and about names: small, and the same as long as nothing is redeployed. */

export function aboutNode(given: {
  readonly version: string;
  readonly channelCount: number;
  readonly nowMs: number;
}): WireNode {
  const versions = (names: readonly string[]) =>
    element(
      "map",
      names.map((name) => stringEntry(name, given.version)),
    );
  return element("map", [
    stringEntry("date", longDate(given.nowMs)),
    entry(leaf("string", "channelCount"), leaf("int", given.channelCount)),
    stringEntry("database", "derby"),
    entry(
      leaf("string", "connectors"),
      versions(["TCP Listener", "TCP Sender", "HTTP Listener", "HTTP Sender", "File Writer"]),
    ),
    entry(
      leaf("string", "plugins"),
      versions(["Server Log", "Data Pruner", "Dashboard Connector Status Monitor"]),
    ),
    stringEntry("name", undefined),
    stringEntry("version", given.version),
  ]);
}

function longDate(atMs: number): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(new Date(atMs));
}

export function systemInfoNode(): WireNode {
  return element("com.mirth.connect.model.SystemInfo", [
    leaf("jvmVersion", "17.0.12"),
    leaf("osName", "Linux"),
    leaf("osVersion", "6.1.0"),
    leaf("osArchitecture", "amd64"),
    leaf("dbName", "Apache Derby"),
    leaf("dbVersion", "10.10.2.0 - (1582446)"),
  ]);
}

/** Load and memory wander with the clock, so that two polls differ and the same instant repeats. */
export function systemStatsNode(nowMs: number): WireNode {
  const wave = (Math.sin(nowMs / 240_000) + 1) / 2;
  const allocated = 679_477_248;
  return element("com.mirth.connect.model.SystemStats", [
    calendar("timestamp", nowMs),
    leaf("cpuUsagePct", 0.04 + wave * 0.2),
    leaf("allocatedMemoryBytes", allocated),
    leaf("freeMemoryBytes", Math.round(allocated * (0.2 + wave * 0.3))),
    leaf("maxMemoryBytes", 2_147_483_648),
    leaf("diskFreeBytes", 231_387_062_272),
    leaf("diskTotalBytes", 270_553_174_016),
  ]);
}

export function idsAndNamesNode(stores: readonly ChannelStore[]): WireNode {
  return element(
    "map",
    stores.map((store) => stringEntry(store.spec.id, store.spec.name)),
  );
}

export function connectorNamesNode(spec: ChannelSpec): WireNode {
  return element(
    "linked-hash-map",
    [0, ...spec.destinations.map((_, index) => index + 1)].map((metaDataId) =>
      entry(leaf("int", metaDataId), leaf("string", connectorName(spec, metaDataId))),
    ),
  );
}

export function metaDataColumnsNode(spec: ChannelSpec): WireNode {
  return element(
    "list",
    spec.columns.map((column) =>
      element("metaDataColumn", [
        leaf("name", column.name),
        leaf("type", "STRING"),
        leaf("mappingName", column.mappingName),
      ]),
    ),
  );
}

/** Names come back in capitals here, and undeployed channels are listed too. */
export function portsInUseNode(stores: readonly ChannelStore[]): WireNode {
  return element(
    "list",
    stores.map((store) =>
      element("com.mirth.connect.donkey.model.channel.Ports", [
        leaf("name", store.spec.name.toUpperCase()),
        leaf("id", store.spec.id),
        leaf("port", store.spec.port),
      ]),
    ),
  );
}

export function channelGroupsNode(given: {
  readonly stores: readonly ChannelStore[];
  readonly version: string;
  readonly atMs: number;
}): WireNode {
  const groups = [...new Set(given.stores.map((store) => store.spec.group))];
  return element(
    "list",
    groups.map((name, index) =>
      versioned(given.version, "channelGroup", [
        leaf("id", `11111111-0000-4000-8000-${String(index + 1).padStart(12, "0")}`),
        leaf("name", name),
        leaf("revision", 1),
        calendar("lastModified", given.atMs),
        leaf("description", ""),
        element(
          "channels",
          given.stores
            .filter((store) => store.spec.group === name)
            .map((store) =>
              versioned(given.version, "channel", [leaf("id", store.spec.id), leaf("revision", 0)]),
            ),
        ),
      ]),
    ),
  );
}

function versioned(version: string, tag: string, children: readonly WireNode[]): WireNode {
  return { ...element(tag, children), attributes: { version } };
}

export function channelTagsNode(stores: readonly ChannelStore[]): WireNode {
  return withClass(
    element("set", [
      element("channelTag", [
        leaf("id", "22222222-0000-4000-8000-000000000001"),
        leaf("name", "Clinical"),
        element(
          "channelIds",
          stores.map((store) => leaf("string", store.spec.id)),
        ),
        element("backgroundColor", [
          leaf("red", 0),
          leaf("green", 128),
          leaf("blue", 192),
          leaf("alpha", 255),
        ]),
      ]),
    ]),
    "linked-hash-set",
  );
}

export type EngineAlert = { readonly id: string; readonly name: string; readonly alerted: number };

export function alertStatusesNode(alerts: readonly EngineAlert[]): WireNode {
  return element(
    "list",
    alerts.map((alert) =>
      element("alertStatus", [
        leaf("id", alert.id),
        leaf("name", alert.name),
        leaf("enabled", true),
        leaf("alertedCount", alert.alerted),
      ]),
    ),
  );
}

export function alertsNode(alerts: readonly EngineAlert[], version: string): WireNode {
  return element(
    "list",
    alerts.map((alert) =>
      versioned(version, "alertModel", [
        leaf("id", alert.id),
        leaf("name", alert.name),
        leaf("enabled", true),
        element("actionGroups", [emptyLeaf("alertActionGroup")]),
        emptyLeaf("properties"),
      ]),
    ),
  );
}
