/** What one witness says of a message, as far as it can be told whether another speaks of the same one. */
export type Sighting = {
  readonly sourceId: number;
  readonly controlId: string | null;
  readonly messageType: string | null;
  readonly receivedAt: Date;
};

/** Engines queue and senders try again: two sightings of one message may lie this far apart. */
export const WITNESS_MS = 24 * 3_600_000;

/**
 * Whether two sources speak of one message: the same control id (MSH-10) within a day, and no different message type.
 * Sending application and facility are not compared, because engines do not keep them.
 */
export function isSameMessage(a: Sighting, b: Sighting): boolean {
  const isNear = Math.abs(a.receivedAt.getTime() - b.receivedAt.getTime()) <= WITNESS_MS;
  const isSameType = a.messageType === null || b.messageType === null || a.messageType === b.messageType;
  return (
    a.sourceId !== b.sourceId && a.controlId !== null && a.controlId === b.controlId && isNear && isSameType
  );
}
