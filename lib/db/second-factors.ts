import { database } from "./client";
import type { Transaction } from "./transaction";

/** The encrypted secret of an authenticator app and the id of its key. */
type TotpFactor = { readonly keyId: string; readonly bytes: Buffer };

/** Keeps the authenticator app of a user. False when there already is one; of two at once the first decides. */
export async function insertTotpFactor(
  tx: Transaction,
  factor: TotpFactor & { readonly userId: string; readonly now: Date },
): Promise<boolean> {
  const { userId, keyId, now } = factor;
  const { count } = await tx.totpFactor.createMany({
    data: [{ userId, keyId, ciphertext: new Uint8Array(factor.bytes), createdAt: now }],
    skipDuplicates: true,
  });
  return count > 0;
}

export function findTotpFactor(userId: string): Promise<TotpFactor | undefined> {
  return findTotpFactorIn(database().prisma, userId);
}

/** The same within a transaction that may have written it. */
export async function findTotpFactorIn(tx: Transaction, userId: string): Promise<TotpFactor | undefined> {
  const row = await tx.totpFactor.findUnique({ where: { userId } });
  return row === null ? undefined : { keyId: row.keyId, bytes: Buffer.from(row.ciphertext) };
}

/** Steps for which uses are kept: a day of them, far more than the window in which a code counts. */
const keptSteps = 2_880;

/** Uses up the code of a 30-second step. False when it was used before: the primary key decides, also in parallel. */
export async function consumeTotpStep(
  tx: Transaction,
  use: { readonly userId: string; readonly step: number },
): Promise<boolean> {
  const { count } = await tx.totpUse.createMany({
    data: [{ userId: use.userId, step: BigInt(use.step) }],
    skipDuplicates: true,
  });
  await tx.totpUse.deleteMany({ where: { userId: use.userId, step: { lt: BigInt(use.step - keptSteps) } } });
  return count > 0;
}

/** Takes every second factor of a user away. */
export async function deleteFactors(tx: Transaction, userId: string): Promise<void> {
  await tx.totpFactor.deleteMany({ where: { userId } });
  await tx.totpUse.deleteMany({ where: { userId } });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.passkey.deleteMany({ where: { userId } });
}

/** Gives a user these recovery codes in place of all earlier ones. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  codes: { readonly userId: string; readonly hashes: readonly Buffer[]; readonly now: Date },
): Promise<void> {
  const { userId, hashes, now } = codes;
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: hashes.map((hash) => ({ userId, codeHash: new Uint8Array(hash), createdAt: now })),
  });
}

/** What a user can prove themselves with. */
export type Factors = {
  /** When they set up their authenticator app. */
  readonly appSince: Date | undefined;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
};

export async function readFactors(userId: string): Promise<Factors> {
  const { prisma } = database();
  const [app, passkeys, recoveryCodesLeft] = await Promise.all([
    prisma.totpFactor.findUnique({ where: { userId }, select: { createdAt: true } }),
    prisma.passkey.count({ where: { userId } }),
    prisma.recoveryCode.count({ where: { userId, usedAt: null } }),
  ]);
  return { appSince: app?.createdAt, passkeys, recoveryCodesLeft };
}

/** Uses a recovery code up. False when this user has no such unused one. */
export async function consumeRecoveryCode(
  tx: Transaction,
  use: { readonly userId: string; readonly hash: Buffer; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { codeHash: new Uint8Array(use.hash), userId: use.userId, usedAt: null },
    data: { usedAt: use.now },
  });
  return count > 0;
}
