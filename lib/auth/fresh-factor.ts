import { isFactorFresh } from "@/lib/core/authz/step-up";
import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

/**
 * Lets somebody go on who proved a second factor in the last five minutes: for what guards their own account. The
 * refusal is on record. @throws AppError step_up_required
 */
export async function requireFreshFactor({ actor }: LiveSession, now: Date): Promise<void> {
  if (isFactorFresh(actor, now)) return;
  const leaf = secondFactorLeaf({ userId: actor.id, now, action: "E", outcome: "denied", what: "not-fresh" });
  await inTransaction((tx) => appendAudit(tx, leaf));
  throw new AppError("step_up_required", "Give your second factor again to do this.");
}
