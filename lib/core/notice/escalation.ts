import { addCountedMinutes } from "./counted-minutes";
import type { NoticeSeverity, Plan, Target } from "./schema";

/** How far an incident has come on its way through the steps of a plan. */
export type Escalation = {
  readonly cycle: number;
  /** The step that is taken next. */
  readonly step: number;
  /** When; undefined once all is done. */
  readonly nextAt: Date | undefined;
};

/** A step that is taken now. */
export type StepTaken<Recipient> = {
  readonly cycle: number;
  readonly step: number;
  readonly isLastResort: boolean;
  /** Nobody where it met a gap. */
  readonly recipients: readonly Recipient[];
};

type Rules = { readonly plan: Plan; readonly severity: NoticeSeverity };

/** Before the first step. */
export function beginEscalation({ plan, severity, now }: Rules & { readonly now: Date }): Escalation {
  const [first] = stepsOf(plan);
  return { cycle: 0, step: 0, nextAt: due({ plan, severity, from: now, minutes: first.afterMinutes }) };
}

/**
 * Takes the step that is due, and where it meets nobody who would answer, the next one at once, down to the last resort.
 * What was missed while nothing ran is not made up for in a rush: the time of the next step runs from this one on.
 */
export function escalate<Recipient>(
  ask: Rules & {
    readonly at: Escalation;
    readonly now: Date;
    readonly find: (targets: readonly Target[]) => Found<Recipient>;
  },
): { readonly at: Escalation; readonly taken: readonly StepTaken<Recipient>[] } {
  const { plan, severity, now, find } = ask;
  const steps = stepsOf(plan);
  const taken: StepTaken<Recipient>[] = [];
  let { cycle, step, nextAt } = ask.at;
  while (nextAt !== undefined && nextAt <= now) {
    const { targets } = steps[step] ?? plan.lastResort;
    const isLastResort = step >= steps.length - 1;
    const { recipients, hasAnswerer } = find(targets);
    taken.push({ cycle, step, isLastResort, recipients });
    if (!isLastResort) {
      step += 1;
      const minutes = steps[step]?.afterMinutes ?? plan.lastResort.afterMinutes;
      nextAt = hasAnswerer ? due({ plan, severity, from: now, minutes }) : now;
    } else if (cycle < plan.repeats) {
      cycle += 1;
      step = 0;
      nextAt = due({ plan, severity, from: now, minutes: plan.repeatAfterMinutes });
    } else {
      step = steps.length;
      nextAt = undefined;
    }
  }
  return { at: { cycle, step, nextAt }, taken };
}

/** Whom targets lead to now, and whether one of them is a person on call, or a service that finds one. */
export type Found<Recipient> = {
  readonly recipients: readonly Recipient[];
  readonly hasAnswerer: boolean;
};

type Step = Plan["lastResort"];

/** All steps in their order; the last resort is the last. */
function stepsOf(plan: Plan): readonly [Step, ...Step[]] {
  const [first, ...others] = plan.steps;
  return first === undefined ? [plan.lastResort] : [first, ...others, plan.lastResort];
}

function due(ask: Rules & { readonly from: Date; readonly minutes: number }): Date {
  const { plan, severity, from, minutes } = ask;
  return addCountedMinutes({ from, minutes, hours: severity === "critical" ? undefined : plan.hours });
}
