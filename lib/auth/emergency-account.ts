import { env } from "@/lib/config/env";
import { insertEmergencyUse, isEmergencyAccount } from "@/lib/db/emergency";
import { insertNotice } from "@/lib/db/notices";
import { inTransaction, type Transaction } from "@/lib/db/transaction";

/** Whether a password may open this account: where the identity provider is the only way, emergency accounts alone. */
export async function mayUsePassword(userId: string): Promise<boolean> {
  if (env().oidc?.isOnlyWay !== true) return true;
  return inTransaction((tx) => isEmergencyAccount(tx, userId));
}

/** Where the account is kept for emergencies: puts its use down for review and tells those who watch over rights. */
export async function alarmOnEmergency(
  tx: Transaction,
  use: { readonly userId: string; readonly address: string | undefined; readonly now: Date },
): Promise<void> {
  const { userId, now } = use;
  if (!(await isEmergencyAccount(tx, userId))) return;
  await insertEmergencyUse(tx, use);
  const notice = { kind: "emergency-used", detail: { userId } } as const;
  await insertNotice(tx, { permission: "approval.read", notice, now });
}
