import type { SessionRow } from "@/lib/db/sessions";
import type { Transaction } from "@/lib/db/transaction";
import type { FactorWord } from "./second-factor-audit";

/** Uses a factor up within the transaction that passes the session. Answers what is wrong with it, if anything. */
export type UseUp = (tx: Transaction) => Promise<FactorWord | undefined>;

/** Whether a session still owes a second factor before it may act: nobody is exempt. Asked on every request. */
export function requiresSecondFactor(session: Pick<SessionRow, "mfaPassedAt">): boolean {
  return session.mfaPassedAt === undefined;
}
