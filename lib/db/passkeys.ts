import { database } from "./client";
import type { Transaction } from "./transaction";

/** A passkey or security key of a user: its public half. */
export type Passkey = {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: Buffer;
  /** COSE key, as the authenticator gave it. */
  readonly publicKey: Buffer;
  readonly name: string;
  readonly transports: readonly string[];
  /** Whether copies of it are kept elsewhere, such as in the cloud of its maker. */
  readonly isBackedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
};

/** Keeps a new passkey. False when its credential is known already, to whomever it belongs. */
export async function insertPasskey(
  tx: Transaction,
  passkey: Omit<Passkey, "id" | "createdAt" | "lastUsedAt"> & {
    readonly signCount: number;
    readonly now: Date;
  },
): Promise<boolean> {
  const { credentialId, publicKey, transports, signCount, now, userId, name, isBackedUp } = passkey;
  const { count } = await tx.passkey.createMany({
    data: [
      {
        userId,
        name,
        isBackedUp,
        credentialId: new Uint8Array(credentialId),
        publicKey: new Uint8Array(publicKey),
        transports: [...transports],
        signCount: BigInt(signCount),
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  return count > 0;
}

/** The passkeys of a user, oldest first. */
export async function listPasskeys(userId: string): Promise<readonly Passkey[]> {
  const rows = await database().prisma.passkey.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(passkeyOf);
}

/** A passkey of this user by its credential; that of somebody else is none. */
export async function findPasskey(ask: {
  readonly userId: string;
  readonly credentialId: Buffer;
}): Promise<Passkey | undefined> {
  const row = await database().prisma.passkey.findFirst({
    where: { userId: ask.userId, credentialId: new Uint8Array(ask.credentialId) },
  });
  return row === null ? undefined : passkeyOf(row);
}

/**
 * Moves the counter of signatures on, in one statement. False when it did not grow, which a copy of the key would cause;
 * keys that do not count say 0 for ever (WebAuthn Level 3, 6.1.1).
 */
export async function countSignature(
  tx: Transaction,
  use: {
    readonly id: string;
    readonly signCount: number;
    readonly isBackedUp: boolean;
    readonly now: Date;
  },
): Promise<boolean> {
  const signCount = BigInt(use.signCount);
  const grows = signCount === 0n ? { signCount: 0n } : { signCount: { lt: signCount } };
  const { count } = await tx.passkey.updateMany({
    where: { id: use.id, ...grows },
    data: { signCount, isBackedUp: use.isBackedUp, lastUsedAt: use.now },
  });
  return count > 0;
}

/** False when this user has no such passkey. */
export async function renamePasskey(
  tx: Transaction,
  named: { readonly id: string; readonly userId: string; readonly name: string },
): Promise<boolean> {
  const { id, userId, name } = named;
  return (await tx.passkey.updateMany({ where: { id, userId }, data: { name } })).count > 0;
}

/** False when this user has no such passkey. */
export async function deletePasskey(
  tx: Transaction,
  which: { readonly id: string; readonly userId: string },
): Promise<boolean> {
  return (await tx.passkey.deleteMany({ where: { id: which.id, userId: which.userId } })).count > 0;
}

/** How many second factors a user can prove at will: an app and passkeys. Recovery codes run out and do not count. */
export async function countFactors(tx: Transaction, userId: string): Promise<number> {
  const [apps, passkeys] = [
    await tx.totpFactor.count({ where: { userId } }),
    await tx.passkey.count({ where: { userId } }),
  ];
  return apps + passkeys;
}

/** Puts changes of the factors of one user in a row, until the end of the transaction. */
export async function lockFactors(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.factors'), hashtext(${userId}))`;
}

type DatabaseRow = Omit<Passkey, "credentialId" | "publicKey" | "lastUsedAt"> & {
  readonly credentialId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly lastUsedAt: Date | null;
};

function passkeyOf(row: DatabaseRow): Passkey {
  return {
    id: row.id,
    userId: row.userId,
    credentialId: Buffer.from(row.credentialId),
    publicKey: Buffer.from(row.publicKey),
    name: row.name,
    transports: row.transports,
    isBackedUp: row.isBackedUp,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt ?? undefined,
  };
}
