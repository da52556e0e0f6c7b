import { z } from "zod";
import { groupingOf, groupTitle } from "@/lib/core/failure/fingerprint";
import { type FailureReason, failureReasons } from "@/lib/core/message/reason";

/** One line of what a grouping is scored on: a failure as an engine tells it, and which cause it truly has. */
export const labelledFailureSchema = z.object({
  interface: z.string(),
  destination: z.string(),
  /** One of the product's reasons; left out or any other word where it is to be read from the text. */
  reason: z.string().optional(),
  ackCode: z.string().optional(),
  text: z.string().default(""),
  cause: z.string(),
  /** Values of patients that stand in the text and may not be found in what is made of it. */
  canaries: z.array(z.string().min(1)).default([]),
});
export type LabelledFailure = z.output<typeof labelledFailureSchema>;

export type GroupingScore = {
  readonly failures: number;
  readonly causes: number;
  readonly groups: number;
  /** Of the pairs put together, the share that belongs together; null where no pair was put together. */
  readonly precision: number | null;
  /** Of the pairs that belong together, the share put together; null where no pair belongs together. */
  readonly recall: number | null;
  readonly canaries: number;
  readonly leaks: number;
};

/** Groups failures as the product does and counts pairs: exact, from the sizes of causes within groups. */
export function scoreGrouping(failures: readonly LabelledFailure[]): GroupingScore {
  const groups = new Map<string, number>();
  const causes = new Map<string, number>();
  const both = new Map<string, number>();
  const canaries = new Set(failures.flatMap((failure) => failure.canaries));
  const shown = new Set<string>();
  for (const { interface: name, destination, ackCode, text, cause, ...failure } of failures) {
    const reason = failureReasons.find((known): known is FailureReason => known === failure.reason);
    const grouping = groupingOf({ interface: name, destination, reason, ackCode, text });
    count(groups, grouping.fingerprint);
    count(causes, cause);
    count(both, `${grouping.fingerprint}/${cause}`);
    shown.add(groupTitle({ ...grouping, destination: "destination" }));
    shown.add(`${grouping.fingerprint} ${grouping.words.join(" ")}`);
  }
  const [together, belonging, right] = [groups, causes, both].map(pairsOf);
  const text = [...shown].join("\n").toLowerCase();
  return {
    failures: failures.length,
    causes: causes.size,
    groups: groups.size,
    precision: share(right, together),
    recall: share(right, belonging),
    canaries: canaries.size,
    leaks: [...canaries].filter((canary) => isIn(text, canary.toLowerCase())).length,
  };
}

/** As whole words: a name of two letters stands inside many a word. */
function isIn(text: string, canary: string): boolean {
  for (let at = text.indexOf(canary); at >= 0; at = text.indexOf(canary, at + 1)) {
    const around = `${text[at - 1] ?? " "}${text[at + canary.length] ?? " "}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

function share(part: number | undefined, whole: number | undefined): number | null {
  return part === undefined || !whole ? null : part / whole;
}
