import { parsePlace, printPlace } from "../message/delivery-place";

/** Where one event of the feed is stored: an engine's by source, instant and id, our own by its number. */
export type FeedPlace = {
  /** 0 for our own. */
  readonly sourceId: number;
  readonly at: Date;
  readonly id: string;
};

/** The id of the resource: "e.<source>.<epoch ms>.<id>" of an engine, "o.<epoch ms>.<id>" of our own. */
export function printFeedPlace({ sourceId, at, id }: FeedPlace): string {
  return sourceId === 0
    ? `o.${at.getTime()}.${id}`
    : `e.${printPlace({ legId: sourceId, receivedAt: at, id })}`;
}

/** Reads what printFeedPlace wrote; undefined for anything else. */
export function parseFeedPlace(text: string): FeedPlace | undefined {
  const own = /^o\.(\d{1,15})\.(\d{1,18})$/.exec(text);
  if (own !== null) return { sourceId: 0, at: new Date(Number(own[1])), id: own[2] ?? "" };
  const place = text.startsWith("e.") ? parsePlace(text.slice(2)) : undefined;
  return place && { sourceId: place.legId, at: place.receivedAt, id: place.id };
}
