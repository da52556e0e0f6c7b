import type { InterfaceHealth } from "../interface/health";
import type { JudgedProblem } from "../interface/problem";
import type { ConditionKind } from "./presets";

/** Where the cause lies: a source that cannot be seen, an interface, or one of its legs. One incident a place at a time. */
export type Place = {
  readonly kind: "source" | "interface" | "leg";
  readonly id: number;
};

type ConditionProblem = JudgedProblem & { readonly kind: ConditionKind };

/** One problem that is wrong now, with the place of its cause. */
export type Condition = {
  /** The same problem has the same key at every tick. */
  readonly key: string;
  readonly place: Place;
  readonly interfaceId: number;
  readonly problem: ConditionProblem;
  /** Something else at the place explains it: it is listed with that, and told by nobody. */
  readonly isExplained: boolean;
};

/** Cause before effect: of the problems at one place the first of these stands for all. */
const causes: readonly ConditionKind[] = [
  "unseen",
  "not_running",
  "failing",
  "queue_stuck",
  "silent",
  "fails_more",
  "queue_long",
  "slower",
];

/**
 * What is wrong with interfaces, each problem at the place of its cause: a source that cannot be seen explains all of its
 * interfaces, an interface that does not run all of its legs and its silence, a destination that takes nothing the queue,
 * the failures and the delay before it. Cause first at each place.
 */
export function findConditions(
  interfaces: readonly { readonly health: InterfaceHealth; readonly sourceId: number }[],
): readonly Condition[] {
  const placed = interfaces.flatMap(({ health, sourceId }) => {
    const problems = health.problems.filter(isCondition);
    const isStopped = problems.some(({ kind }) => kind === "not_running");
    const { interfaceId } = health;
    return problems.map((problem) => {
      const place = placeOf(problem, { interfaceId, sourceId, isStopped });
      return { key: keyOf(problem, interfaceId), place, interfaceId, problem };
    });
  });
  const inOrder = placed.toSorted((a, b) => rank(a.problem) - rank(b.problem) || compare(a.key, b.key));
  const told = new Set<string>();
  return inOrder.map((condition) => {
    const at = placeKey(condition.place);
    const isExplained = told.has(at);
    told.add(at);
    return { ...condition, isExplained };
  });
}

export function placeKey({ kind, id }: Place): string {
  return `${kind}/${id}`;
}

type Around = { readonly interfaceId: number; readonly sourceId: number; readonly isStopped: boolean };

function placeOf(problem: ConditionProblem, { interfaceId, sourceId, isStopped }: Around): Place {
  if (problem.kind === "unseen") return { kind: "source", id: sourceId };
  if (isStopped || !("leg" in problem)) return { kind: "interface", id: interfaceId };
  return { kind: "leg", id: problem.leg.legId };
}

function keyOf(problem: ConditionProblem, interfaceId: number): string {
  const place = "leg" in problem ? `leg/${problem.leg.legId}` : `interface/${interfaceId}`;
  return `${place}/${problem.kind}`;
}

function isCondition(problem: JudgedProblem): problem is ConditionProblem {
  return (
    problem.kind !== "was_down" &&
    problem.kind !== "counted_only" &&
    (problem.kind === "unseen" || problem.level === "critical" || problem.level === "warning")
  );
}

function rank({ kind }: ConditionProblem): number {
  return causes.indexOf(kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
