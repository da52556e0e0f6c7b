import { AppError } from "@/lib/core/errors";
import { countFactors, lockFactors } from "@/lib/db/passkeys";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { requireFreshFactor } from "./fresh-factor";
import { requiresSecondFactor } from "./second-factor";
import type { LiveSession } from "./session";

/**
 * Lets somebody add a factor who has none yet, or has just proved one: a password alone must never add one beside others.
 * Answers whether it is their first. @throws AppError unauthenticated | step_up_required
 */
export async function requireFirstOrFresh(live: LiveSession, now: Date): Promise<boolean> {
  if (!requiresSecondFactor(live.session)) {
    await requireFreshFactor(live, now);
    return false;
  }
  const has = await inTransaction((tx) => countFactors(tx, live.actor.id));
  if (has > 0) throw new AppError("unauthenticated", "Give your second factor to go on.");
  return true;
}

/** Puts factors of one person in a row. Two at once: what was to be the first may be none any more. @throws AppError unauthenticated */
export async function lockNewFactor(
  tx: Transaction,
  of: { readonly userId: string; readonly isFirst: boolean },
): Promise<void> {
  await lockFactors(tx, of.userId);
  if (of.isFirst && (await countFactors(tx, of.userId)) > 0) throw signInAgain();
}

export function signInAgain(): AppError {
  return new AppError("unauthenticated", "Sign in to go on.");
}
