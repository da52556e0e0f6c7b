import type { Item } from "@/lib/core/message/schema";
import { MAX_CLOCK_AHEAD_MS } from "@/lib/core/metric/retention";
import { instantCheck, tooNew } from "./accepted-time";
import type { Verdict } from "./verdict";

/**
 * Of audit events and clinical facts, those that the store would refuse for their time, by index: what is to be stored as a
 * whole or not at all is judged before any of it is.
 */
export function findUntimely(items: readonly Item[], now: Date): ReadonlyMap<number, Verdict> {
  const ofAudit = instantCheck({ kept: "externalAudit", now });
  const newestMs = now.getTime() + MAX_CLOCK_AHEAD_MS;
  const found = new Map<number, Verdict>();
  items.forEach((item, index) => {
    if (!("at" in item)) return;
    const verdict =
      item.kind === "audit" ? ofAudit(item.at) : item.at.getTime() > newestMs ? tooNew : undefined;
    if (verdict !== undefined) found.set(index, verdict);
  });
  return found;
}
