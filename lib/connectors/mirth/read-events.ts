import { instantText } from "./read-messages";
import { child, childText, mapEntries, type XmlElement } from "./xml";

/** The `event` elements of a list, or of an answer that is one event. */
export function eventElements(root: XmlElement): readonly XmlElement[] {
  return root.name === "event" ? [root] : root.children.filter(({ name }) => name === "event");
}

/**
 * An event, to be checked with `eventSchema`. `dateTime` and `nanoTime` are the time of reading, so they are left alone;
 * attribute values end with a line feed that is not part of them.
 */
export function eventOf(event: XmlElement): unknown {
  return {
    id: childText(event, "id"),
    atMs: instantText(event, "eventTime"),
    name: childText(event, "name"),
    outcome: childText(event, "outcome"),
    userId: childText(event, "userId"),
    ipAddress: childText(event, "ipAddress"),
    attributes: Object.fromEntries(
      mapEntries(child(event, "attributes")).map(([name, value]) => [name, value.text.replace(/\n$/, "")]),
    ),
  };
}

/** Names of accounts by number, as `/users` lists them. */
export function userNamesOf(root: XmlElement): Readonly<Record<string, string>> {
  return Object.fromEntries(
    root.children.flatMap((user) => {
      const id = childText(user, "id");
      const name = childText(user, "username");
      return id === undefined || name === undefined ? [] : [[id, name]];
    }),
  );
}
