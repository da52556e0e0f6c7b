import { appendAudit } from "@/lib/db/audit";
import { readFactors, replaceRecoveryCodes } from "@/lib/db/second-factors";
import { inTransaction } from "@/lib/db/transaction";
import { requireSession } from "./current-actor";
import { requireFreshFactor } from "./fresh-factor";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes";
import { secondFactorLeaf } from "./second-factor-audit";

/** What factors the person behind this request has. @throws AppError unauthenticated */
export async function readMyFactors(): ReturnType<typeof readFactors> {
  return readFactors((await requireSession()).actor.id);
}

/**
 * New recovery codes in place of all earlier ones, after a fresh factor; the only time that they exist in clear.
 * @throws AppError unauthenticated | step_up_required
 */
export async function renewMyRecoveryCodes(): Promise<readonly string[]> {
  const live = await requireSession();
  const now = new Date();
  await requireFreshFactor(live, now);
  const userId = live.actor.id;
  const codes = newRecoveryCodes();
  await inTransaction(async (tx) => {
    await replaceRecoveryCodes(tx, { userId, hashes: codes.map(recoveryCodeHash), now });
    const what = "new-recovery-codes";
    await appendAudit(tx, secondFactorLeaf({ userId, now, action: "C", outcome: "success", what }));
  });
  return codes;
}
