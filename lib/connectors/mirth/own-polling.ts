import type { EngineEvent } from "./wire";

/**
 * Whether an event is one of our own sweeps: written under our account, by a search of messages that asked for nothing but
 * windows of ids, failures or queue heads. A person who searches with the same account leaves other attributes.
 */
export function isOwnPolling(
  { userId, name, attributes }: EngineEvent,
  ownUserId: number | undefined,
): boolean {
  if (ownUserId === undefined || userId !== ownUserId || name !== "Get messages by page limit") return false;
  return Object.entries(attributes).every(([key, value]) => value.trim() === "" || sweepAttributes.has(key));
}

/** What the calls of this connector fill in (`calls.ts`), in the words of the engine's audit log. */
const sweepAttributes = new Set([
  "channel",
  "minMessageId",
  "maxMessageId",
  "limit",
  "offset",
  "includeContent",
  "statuses",
  "includedMetaDataIds",
  "minSendAttempts",
]);
