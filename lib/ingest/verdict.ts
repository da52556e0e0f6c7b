import type { RejectReason } from "@/lib/core/message/schema";

/** How one item ended. conflict and rejected items are kept as dead letters. */
export const itemStatuses = ["created", "duplicate", "updated", "stale", "conflict", "rejected"] as const;
export type ItemStatus = (typeof itemStatuses)[number];

/** What the store decided about one item, before dead letters are written. `detail` is static text. */
export type Verdict =
  | { readonly status: "created" | "duplicate" | "updated" | "stale" }
  | { readonly status: "conflict" | "rejected"; readonly reason: RejectReason; readonly detail: string };

/** An item with its place in the batch. */
export type Indexed<T> = { readonly index: number; readonly item: T };

export type IndexedVerdict = { readonly index: number; readonly verdict: Verdict };

export const conflictVerdict: Verdict = {
  status: "conflict",
  reason: "conflict",
  detail: "The same observation is known with another content.",
};

export function rejected(reason: RejectReason, detail: string): Verdict {
  return { status: "rejected", reason, detail };
}
