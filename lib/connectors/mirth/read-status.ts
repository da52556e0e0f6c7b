import { instantText } from "./read-messages";
import { child, childText, mapEntries, type XmlElement } from "./xml";

/** One channel of `/channels/statuses`, to be checked with `channelStatusSchema`. */
export function channelStatusOf(channel: XmlElement): unknown {
  return {
    channelId: childText(channel, "channelId"),
    name: childText(channel, "name"),
    state: childText(channel, "state"),
    deployedAtMs: instantText(channel, "deployedDate"),
    connectors: (child(channel, "childStatuses")?.children ?? []).map((connector) => ({
      metaDataId: childText(connector, "metaDataId"),
      name: childText(connector, "name"),
      state: childText(connector, "state"),
      queued: childText(connector, "queued"),
      counters: countersOf(child(connector, "statistics")),
    })),
  };
}

/** The channels of `/channels/statistics`, to be checked with `channelSumsSchema`. */
export function channelSumsOf(root: XmlElement): readonly unknown[] {
  return root.children.map((channel) =>
    Object.fromEntries(channel.children.map(({ name, text }) => [name, text])),
  );
}

/** Live words of `/extensions/dashboardstatus/connectorStates` by `channelId_metaDataId`: `Idle`, `Disconnected` … */
export function connectorWordsOf(root: XmlElement): ReadonlyMap<string, string> {
  return new Map(
    mapEntries(root).flatMap(([key, pair]) => {
      const word = pair.children.find(({ name }) => name === "string");
      return word === undefined ? [] : [[key, word.text] as const];
    }),
  );
}

/** Names of a channel's custom metadata columns, as `/channels/{id}/metaDataColumns` lists them. */
export function columnNamesOf(root: XmlElement): readonly string[] {
  return root.children.flatMap((column) => childText(column, "name") ?? []);
}

/** A cleared counter is left out or 0, depending on the release. */
function countersOf(statistics: XmlElement | undefined): unknown {
  const values = new Map(mapEntries(statistics).map(([name, value]) => [name, value.text]));
  return {
    received: values.get("RECEIVED") ?? "0",
    filtered: values.get("FILTERED") ?? "0",
    sent: values.get("SENT") ?? "0",
    error: values.get("ERROR") ?? "0",
  };
}
