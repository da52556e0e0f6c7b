import { child, childText, mapEntries, type XmlElement } from "./xml";

/** The `message` elements of a list, or of an answer that is one message. */
export function messageElements(root: XmlElement): readonly XmlElement[] {
  return root.name === "message" ? [root] : root.children.filter(({ name }) => name === "message");
}

/** A `message` as plain text values, to be checked with `messageSchema`. */
export function messageOf(message: XmlElement): unknown {
  const rows = rowElements(message);
  return {
    messageId: childText(message, "messageId"),
    channelName: rows.map((row) => childText(row, "channelName")).find((name) => name !== undefined),
    receivedAtMs: instantText(message, "receivedDate"),
    processed: childText(message, "processed"),
    originalId: childText(message, "originalId"),
    rows: rows.map(rowOf),
  };
}

/** The `connectorMessage` elements of a message, whatever map they stand in. */
export function rowElements(message: XmlElement): readonly XmlElement[] {
  return mapEntries(child(message, "connectorMessages")).map(([, row]) => row);
}

/** The epoch milliseconds, as text, of a date field: `<field><time>…</time><timezone>…</timezone></field>`. */
export function instantText(parent: XmlElement, field: string): string | undefined {
  return childText(child(parent, field), "time");
}

function rowOf(row: XmlElement): unknown {
  return {
    metaDataId: childText(row, "metaDataId"),
    connectorName: childText(row, "connectorName"),
    receivedAtMs: instantText(row, "receivedDate"),
    status: childText(row, "status"),
    sendAttempts: childText(row, "sendAttempts"),
    sentAtMs: instantText(row, "sendDate"),
    respondedAtMs: instantText(row, "responseDate"),
    columns: columnsOf(row),
  };
}

/** Custom columns by name. Every row repeats the engine's own two, its ids. */
function columnsOf(row: XmlElement): Readonly<Record<string, string>> {
  const columns = mapEntries(child(row, "metaDataMap")).filter(
    ([name, value]) =>
      name !== "MESSAGE_ID" && name !== "METADATA_ID" && value.name !== "null" && value.children.length === 0,
  );
  return Object.fromEntries(columns.map(([name, value]) => [name, value.text]));
}

/** The epoch milliseconds of a date that is an answer by itself, as `/server/time`. */
export function epochOf(date: XmlElement): number | undefined {
  const time = Number(childText(date, "time") ?? Number.NaN);
  return Number.isSafeInteger(time) ? time : undefined;
}
