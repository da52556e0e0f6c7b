import { retainedFrom } from "@/lib/core/metric/retention";
import type { DemoPlan } from "../hospital/hospital";

const dayMs = 86_400_000;

/** The engine still holds what came in within this time before the demo began; it is read through the protocol. */
export const engineKeepsMs = 90 * 60_000;

/** Some UTC days of the past that are loaded together. */
export type HistoryPart = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether deliveries and minutes are kept, as for the last 35 days, or only hours and days. */
  readonly keepsDeliveries: boolean;
};

/** How the past of a demo is cut up. Days are UTC days. */
export type PastCalendar = {
  /** The oldest day of all. */
  readonly firstDayMs: number;
  /** The oldest day whose deliveries are kept. */
  readonly oldestRawDayMs: number;
  /** The oldest day of which the engine's audit log is kept. */
  readonly oldestAuditDayMs: number;
  /** The day on which the demo began. */
  readonly lastDayMs: number;
  /** Newest first, so that pages come alive at once. */
  readonly parts: readonly HistoryPart[];
};

/** Lengths in days of the parts with deliveries behind the newest one; the last one takes what is left. */
const rawParts = [1, 5, 9, 10];
/** Days of the engine's audit log. */
const auditDays = 90;
/** Days of a part with hours only. */
const hourPartDays = 90;

export function pastCalendar(plan: DemoPlan): PastCalendar {
  const lastDayMs = Math.floor(plan.startedAt.getTime() / dayMs) * dayMs;
  const oldestRawDayMs = retainedFrom("deliveries", plan.startedAt).getTime();
  const firstDayMs = retainedFrom("hours", plan.startedAt).getTime();
  const parts: HistoryPart[] = [];
  let toMs = lastDayMs + dayMs;
  const add = (days: number, floor: { readonly ms: number; readonly keepsDeliveries: boolean }) => {
    const fromMs = Math.max(floor.ms, toMs - days * dayMs);
    if (fromMs < toMs) parts.push({ fromMs, toMs, keepsDeliveries: floor.keepsDeliveries });
    toMs = fromMs;
  };
  // Every day that live traffic can touch is loaded before it begins: after midnight these are two.
  const liveFromMs = plan.startedAt.getTime() - engineKeepsMs;
  add(liveFromMs < lastDayMs ? 2 : 1, { ms: oldestRawDayMs, keepsDeliveries: true });
  for (const days of rawParts) add(days, { ms: oldestRawDayMs, keepsDeliveries: true });
  add(Number.MAX_SAFE_INTEGER / dayMs, { ms: oldestRawDayMs, keepsDeliveries: true });
  while (toMs > firstDayMs) add(hourPartDays, { ms: firstDayMs, keepsDeliveries: false });
  return { firstDayMs, oldestRawDayMs, oldestAuditDayMs: lastDayMs - auditDays * dayMs, lastDayMs, parts };
}

/** Newest day first. */
export function daysOf(part: HistoryPart): readonly number[] {
  const count = (part.toMs - part.fromMs) / dayMs;
  return Array.from({ length: count }, (_, index) => part.toMs - (index + 1) * dayMs);
}
