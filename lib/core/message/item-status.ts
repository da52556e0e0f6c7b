/**
 * How one item of a batch ended. duplicate: already known. updated: newer than what was known. stale: a newer observation
 * is known. conflict (the same observation with another content) and rejected are kept as dead letters.
 */
export const itemStatuses = ["created", "duplicate", "updated", "stale", "conflict", "rejected"] as const;
export type ItemStatus = (typeof itemStatuses)[number];
