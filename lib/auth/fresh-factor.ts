import { isFactorFresh } from "@/lib/core/authz/step-up";
import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { readFactors } from "@/lib/db/second-factors";
import { inTransaction } from "@/lib/db/transaction";
import { secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

/**
 * Lets somebody go on who proved a second factor in the last five minutes: for what guards their own account. Where
 * administrators are held to passkeys, one who has a passkey must have proved it, or a stolen code would be enough to add
 * another. The refusal is on record. @throws AppError step_up_required
 */
export async function requireFreshFactor({ actor }: LiveSession, now: Date): Promise<void> {
  const isPasskeyAsked = (actor.withheld ?? []).length > 0 && (await readFactors(actor.id)).passkeys > 0;
  if (isFactorFresh(actor, now) && !isPasskeyAsked) return;
  const leaf = secondFactorLeaf({ userId: actor.id, now, action: "E", outcome: "denied", what: "not-fresh" });
  await inTransaction((tx) => appendAudit(tx, leaf));
  if (!isPasskeyAsked) throw new AppError("step_up_required", "Give your second factor again to do this.");
  throw new AppError(
    "step_up_required",
    "Administrators change their factors after proving a passkey of theirs.",
    {
      info: { factor: "passkey" },
    },
  );
}
