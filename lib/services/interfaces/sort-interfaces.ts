import { compareHealth } from "@/lib/core/interface/health";
import type { InterfaceRow } from "@/lib/services/overview/interface-row";

export const interfaceSortKeys = [
  "health",
  "name",
  "messages",
  "failed",
  "failureRate",
  "p95Ms",
  "queueDepth",
  "last",
] as const;
export type InterfaceSort = {
  readonly key: (typeof interfaceSortKeys)[number];
  readonly direction: "asc" | "desc";
};

/** Sorted rows; what has no value stands at the end either way, and equals keep the order of health. */
export function sortInterfaces(rows: readonly InterfaceRow[], sort: InterfaceSort): readonly InterfaceRow[] {
  const byHealth = rows.toSorted((a, b) => compareHealth(a.health, b.health));
  if (sort.key === "health") return sort.direction === "desc" ? byHealth : byHealth.toReversed();
  const sign = sort.direction === "asc" ? 1 : -1;
  return byHealth.toSorted((a, b) => {
    const [left, right] = [figureOf(a, sort.key), figureOf(b, sort.key)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === "string" || typeof right === "string") {
      return sign * String(left).localeCompare(String(right), "en");
    }
    return sign * (left - right);
  });
}

function figureOf(
  { of, figures, queueDepth, lastReceivedAt }: InterfaceRow,
  key: InterfaceSort["key"],
): string | number | null {
  switch (key) {
    case "health":
      return null;
    case "name":
      return of.name;
    case "messages":
    case "failed":
    case "failureRate":
    case "p95Ms":
      return figures[key];
    case "queueDepth":
      return queueDepth;
    case "last":
      return lastReceivedAt?.getTime() ?? null;
  }
}
