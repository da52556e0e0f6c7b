import type { Reach } from "@/lib/core/authz/policy";
import { isOpenRun, type RunStep } from "@/lib/core/replay/states";
import { releaseItems } from "@/lib/db/replay-items";
import { moveReplay } from "@/lib/db/replays";
import type { Transaction } from "@/lib/db/transaction";
import type { AuditNote } from "@/lib/services/audit-note";
import { lockForStep } from "./locked-run";

export type StepTaken = { readonly id: string; readonly step: RunStep; readonly isRepeated: boolean };

/** Takes a step that a person decided on. Taken a second time it does nothing. @throws AppError not_found | conflict */
export async function takeStep(
  tx: Transaction,
  ask: { readonly id: string; readonly version: number; readonly step: RunStep; readonly reach: Reach },
): Promise<StepTaken> {
  const { id, step } = ask;
  const locked = await lockForStep(tx, ask);
  if (locked.kind === "repeated") return { id, step, isRepeated: true };
  const { to } = locked;
  await moveReplay(tx, { id, state: to, stopCause: to === "stopped" ? "person" : undefined });
  if (!isOpenRun(to)) await releaseItems(tx, id);
  return { id, step, isRepeated: false };
}

export function stepNote({ result: { id, step, isRepeated } }: { readonly result: StepTaken }): AuditNote {
  return { action: "E", entityType: "replay", entityId: id, detail: { step, isRepeated } };
}
