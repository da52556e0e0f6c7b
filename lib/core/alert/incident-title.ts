import type { NoticeSeverity } from "../notice/schema";
import type { ConditionKind } from "./presets";
import type { Condition } from "./root-cause";

const words: Readonly<Record<ConditionKind, string>> = {
  unseen: "cannot be seen",
  not_running: "does not run at the engine",
  failing: "lets nothing through",
  queue_stuck: "holds its queue back",
  silent: "is silent",
  fails_more: "fails more than usual",
  queue_long: "has a long queue",
  slower: "is slower than usual",
};

/** "Orders → RIS lets nothing through": names and words of machines alone. */
export function incidentTitle(interfaceName: string, { problem }: Pick<Condition, "problem">): string {
  const leg = "leg" in problem && problem.leg.direction === "destination" ? ` → ${problem.leg.name}` : "";
  return `${interfaceName}${leg} ${words[problem.kind]}`;
}

/** How many messages a problem touches; 1 where it counts none, so that it is there at all. */
export function countOf({ problem }: Pick<Condition, "problem">): number {
  if ("failed" in problem) return problem.failed;
  return "depth" in problem ? Math.max(1, problem.depth) : 1;
}

/** What cannot be seen is a warning: nobody knows yet whether anything broke. */
export function severityOf({ problem }: Pick<Condition, "problem">): NoticeSeverity {
  return problem.level === "critical" ? "critical" : "warning";
}
