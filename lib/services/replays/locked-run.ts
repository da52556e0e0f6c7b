import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { type RunState, type RunStep, runStates, stepRun } from "@/lib/core/replay/states";
import { lockReplay, type ReplayRun } from "@/lib/db/replays";
import type { Transaction } from "@/lib/db/transaction";

export type LockedStep =
  | { readonly kind: "ready"; readonly run: ReplayRun; readonly to: RunState }
  /** The same was done before: by a second click, another tab, or a request that was sent again. */
  | { readonly kind: "repeated"; readonly run: ReplayRun };

/** A run that a step is about to be taken on. @throws AppError not_found | conflict where it stands elsewhere by now */
export async function lockForStep(
  tx: Transaction,
  ask: { readonly id: string; readonly version: number; readonly step: RunStep; readonly reach: Reach },
): Promise<LockedStep> {
  const run = await requireRun(tx, ask);
  const to = stepRun(run.state, ask.step);
  if (run.version === ask.version && to !== undefined) return { kind: "ready", run, to };
  const isDone = runStates.some((state) => stepRun(state, ask.step) === run.state);
  if (run.version > ask.version && isDone) return { kind: "repeated", run };
  throw new AppError("conflict", "The replay stands elsewhere by now. Look at it again.");
}

/** @throws AppError not_found */
export async function requireRun(
  tx: Transaction,
  ask: { readonly id: string; readonly reach: Reach },
): Promise<ReplayRun> {
  const run = await lockReplay(tx, ask);
  if (run === undefined) throw new AppError("not_found", "There is no such replay.");
  return run;
}
