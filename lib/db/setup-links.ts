import type { Transaction } from "./transaction";

/** Makes the only set-up link: earlier ones are gone. */
export async function replaceSetupLink(
  tx: Transaction,
  link: { readonly tokenHash: Buffer; readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  await tx.setupLink.deleteMany({ where: { usedAt: null } });
  await tx.setupLink.create({
    data: { tokenHash: new Uint8Array(link.tokenHash), createdAt: link.now, expiresAt: link.expiresAt },
  });
}

/** Uses the link up. False when it is unknown, used or out of date. */
export async function consumeSetupLink(tx: Transaction, tokenHash: Buffer, now: Date): Promise<boolean> {
  const { count } = await tx.setupLink.updateMany({
    where: { tokenHash: new Uint8Array(tokenHash), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count > 0;
}
