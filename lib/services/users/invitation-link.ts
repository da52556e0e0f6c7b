import { env } from "@/lib/config/env";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { replaceInvitation } from "@/lib/db/people";
import type { Transaction } from "@/lib/db/transaction";

/** A one-time address; whoever has it sets the password of the account, so it is shown once and kept as a hash. */
export type InvitationLink = { readonly userId: string; readonly url: string; readonly expiresAt: Date };

const VALID_FOR_MS = 72 * 3_600_000;

/** Makes the only link of an invited person that holds; earlier ones stop working. */
export async function makeInvitationLink(
  tx: Transaction,
  ask: { readonly userId: string; readonly now: Date },
): Promise<InvitationLink> {
  const { userId, now } = ask;
  const token = newToken("invite");
  const expiresAt = new Date(now.getTime() + VALID_FOR_MS);
  await replaceInvitation(tx, { userId, tokenHash: tokenHash(token), now, expiresAt });
  return { userId, url: `${env().publicUrl}/invite/${token}`, expiresAt };
}
