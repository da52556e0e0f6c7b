import { type ModelVerdict, runEscalations } from "@/tests/support/escalation-model";

/**
 * Runs n random schedules with changes of clocks, gaps, overlaps, overrides, late ticks and restarts. Proven when every
 * incident that nobody acknowledged reached its last step in every cycle, and no step was taken twice in one.
 */
export async function proveEscalation(ask: {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}): Promise<ModelVerdict & { readonly seed: number; readonly isProven: boolean }> {
  const verdict = runEscalations(ask);
  for (const problem of verdict.problems.slice(0, 5)) ask.say(problem);
  return { ...verdict, seed: ask.seed, isProven: verdict.problems.length === 0 };
}
