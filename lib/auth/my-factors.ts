import { freshCodeSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { readFactors, replaceRecoveryCodes } from "@/lib/db/second-factors";
import { inTransaction } from "@/lib/db/transaction";
import { requireSession } from "./current-actor";
import { proveAgain } from "./current-second-factor";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes";
import { secondFactorLeaf } from "./second-factor-audit";

/** What factors the person behind this request has. @throws AppError unauthenticated */
export async function readMyFactors(): ReturnType<typeof readFactors> {
  return readFactors((await requireSession()).actor.id);
}

/**
 * New recovery codes in place of all earlier ones, for whoever gives the { code } of their app now; the only time that
 * they exist in clear. @throws AppError unauthenticated | bad_request | rate_limited | forbidden
 */
export async function renewMyRecoveryCodes(rawInput: unknown): Promise<readonly string[]> {
  const given = freshCodeSchema.safeParse(rawInput);
  if (!given.success) throw new AppError("bad_request", "Type the code that the app shows.");
  const { userId, now } = await proveAgain(given.data.code);
  const codes = newRecoveryCodes();
  await inTransaction(async (tx) => {
    await replaceRecoveryCodes(tx, { userId, hashes: codes.map(recoveryCodeHash), now });
    const what = "new-recovery-codes";
    await appendAudit(tx, secondFactorLeaf({ userId, now, action: "C", outcome: "success", what }));
  });
  return codes;
}
