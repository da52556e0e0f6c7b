import type { RejectReason } from "@/lib/core/message/schema";

export type { ItemStatus } from "@/lib/core/message/item-status";

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
