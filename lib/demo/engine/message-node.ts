import type { ChannelSpec } from "./channel-spec";
import { type ConnectorContent, noContent } from "./content-node";
import { columnValue } from "./message-facts";
import { calendar, element, entry, leaf, stringEntry, type WireNode, withClass } from "./node";
import type { ConnectorRow, MessageFacts, StoredMessage } from "./stored-message";

export type MessageView = {
  readonly spec: ChannelSpec;
  readonly serverId: string;
  readonly message: StoredMessage;
  /** The rows to show: all of them, or only those that a filter matched. */
  readonly rows: readonly ConnectorRow[];
  readonly isProcessed: boolean;
  readonly content: (row: ConnectorRow) => ConnectorContent;
};

/** A `message` element with its connector messages, fields in the engine's order. */
export function messageNode(view: MessageView): WireNode {
  const { message, spec, serverId } = view;
  return element("message", [
    leaf("messageId", message.messageId),
    leaf("serverId", serverId),
    leaf("channelId", spec.id),
    calendar("receivedDate", message.receivedAtMs),
    leaf("processed", view.isProcessed),
    message.originalId === undefined ? undefined : leaf("originalId", message.originalId),
    withClass(
      element(
        "connectorMessages",
        view.rows.map((row) => entry(leaf("int", row.metaDataId), connectorNode(view, row))),
      ),
      "linked-hash-map",
    ),
  ]);
}

/** What the engine hands out when it was not asked for content. */
export const withoutContent = (): ConnectorContent => noContent;

function connectorNode(view: MessageView, row: ConnectorRow): WireNode {
  const { message, spec, serverId } = view;
  const content = view.content(row);
  return element("connectorMessage", [
    leaf("messageId", message.messageId),
    leaf("metaDataId", row.metaDataId),
    leaf("channelId", spec.id),
    leaf("channelName", spec.name),
    leaf("connectorName", connectorName(spec, row.metaDataId)),
    leaf("serverId", serverId),
    calendar("receivedDate", row.receivedAtMs),
    leaf("status", row.status),
    ...content.bodies,
    ...content.maps,
    metaDataNode({ spec, facts: message.facts, row, messageId: message.messageId }),
    ...content.errors,
    leaf("errorCode", row.errorCode),
    leaf("sendAttempts", row.sendAttempts),
    row.sentAtMs === undefined ? undefined : calendar("sendDate", row.sentAtMs),
    row.respondedAtMs === undefined ? undefined : calendar("responseDate", row.respondedAtMs),
    leaf("chainId", row.metaDataId === 0 ? 0 : 1),
    leaf("orderId", row.metaDataId),
  ]);
}

/** "Source", or the destination's name. */
export function connectorName(spec: ChannelSpec, metaDataId: number): string {
  return metaDataId === 0
    ? "Source"
    : (spec.destinations[metaDataId - 1]?.name ?? `Destination ${metaDataId}`);
}

type MetaData = {
  readonly spec: ChannelSpec;
  readonly facts: MessageFacts;
  readonly row: ConnectorRow;
  readonly messageId: number;
};

/** A Java map prints in no order that means anything: built-in entries stand between the custom ones. */
function metaDataNode({ spec, facts, row, messageId }: MetaData): WireNode {
  const custom = spec.columns.map((column) =>
    stringEntry(column.name, columnValue(column.holds, { spec, facts })),
  );
  const [first, second, ...rest] = [...custom].reverse();
  return element("metaDataMap", [
    first,
    entry(leaf("string", "MESSAGE_ID"), leaf("big-decimal", messageId)),
    second,
    ...rest,
    entry(leaf("string", "METADATA_ID"), leaf("big-decimal", row.metaDataId)),
  ]);
}
