import { type FactorKind, factorKinds } from "@/lib/core/authz/step-up";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { type Account, accountOf, withGrants } from "./users";

export type SessionRow = {
  /** SHA-256 of the token, the row's key. */
  readonly tokenHash: Buffer;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly mfaPassedAt: Date | undefined;
  /** With what the second factor was last proved. */
  readonly mfaKind: FactorKind | undefined;
  readonly endedAt: Date | undefined;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
};

export async function insertSession(
  tx: Transaction,
  session: {
    readonly tokenHash: Buffer;
    readonly userId: string;
    readonly now: Date;
    readonly expiresAt: Date;
    readonly userAgent: string | undefined;
    readonly address: string | undefined;
  },
): Promise<void> {
  await tx.session.create({
    data: {
      tokenHash: new Uint8Array(session.tokenHash),
      userId: session.userId,
      createdAt: session.now,
      lastSeenAt: session.now,
      expiresAt: session.expiresAt,
      userAgent: session.userAgent ?? null,
      address: session.address ?? null,
    },
  });
}

/** A session and whose it is, by primary key. */
export async function findSession(
  tokenHash: Buffer,
): Promise<{ readonly session: SessionRow; readonly account: Account } | undefined> {
  const row = await database().prisma.session.findUnique({
    where: { tokenHash: new Uint8Array(tokenHash) },
    include: { user: { include: withGrants } },
  });
  return row === null ? undefined : { session: sessionOf(row), account: accountOf(row.user) };
}

/** Moves last seen forward. */
export async function touchSession(tokenHash: Buffer, now: Date): Promise<void> {
  await database().prisma.session.updateMany({
    where: { tokenHash: new Uint8Array(tokenHash), endedAt: null },
    data: { lastSeenAt: now },
  });
}

/** Notes the passed factor and gives the session a new token, so that the old one opens nothing. False when it ended. */
export async function passSessionFactor(
  tx: Transaction,
  passed: {
    readonly tokenHash: Buffer;
    readonly newTokenHash: Buffer;
    readonly kind: FactorKind;
    readonly now: Date;
  },
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { tokenHash: new Uint8Array(passed.tokenHash), endedAt: null },
    data: {
      tokenHash: new Uint8Array(passed.newTokenHash),
      mfaPassedAt: passed.now,
      mfaKind: passed.kind,
      lastSeenAt: passed.now,
    },
  });
  return count > 0;
}

/** Ends one session of a user. False when it was not running. */
export async function endSessionRow(
  tx: Transaction,
  which: { readonly tokenHash: Buffer; readonly userId: string; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { tokenHash: new Uint8Array(which.tokenHash), userId: which.userId, endedAt: null },
    data: { endedAt: which.now },
  });
  return count > 0;
}

/** Ends every session of a user, but for one where it is named. Answers how many ran. */
export async function endSessionsOf(
  tx: Transaction,
  whose: { readonly userId: string; readonly now: Date; readonly except?: Buffer },
): Promise<number> {
  const kept = whose.except === undefined ? {} : { tokenHash: { not: new Uint8Array(whose.except) } };
  const { count } = await tx.session.updateMany({
    where: { userId: whose.userId, endedAt: null, ...kept },
    data: { endedAt: whose.now },
  });
  return count;
}

/** Sessions of a user that have neither ended nor run out, newest use first. */
export async function listSessions(userId: string, now: Date): Promise<readonly SessionRow[]> {
  const rows = await database().prisma.session.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: now } },
    orderBy: { lastSeenAt: "desc" },
  });
  return rows.map(sessionOf);
}

/** The same of everybody, or of one user, with whose they are. A disabled user has none. */
export async function listSessionsOfPeople(of: {
  readonly userId?: string | undefined;
  readonly now: Date;
}): Promise<
  readonly {
    readonly session: SessionRow;
    readonly person: { readonly id: string; readonly name: string };
  }[]
> {
  const whose = of.userId === undefined ? {} : { userId: of.userId };
  const rows = await database().prisma.session.findMany({
    where: { ...whose, endedAt: null, expiresAt: { gt: of.now }, user: { disabledAt: null } },
    orderBy: { lastSeenAt: "desc" },
    include: { user: { select: { id: true, name: true } } },
  });
  return rows.map(({ user, ...row }) => ({ session: sessionOf(row), person: user }));
}

type DatabaseRow = {
  readonly tokenHash: Uint8Array;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly mfaPassedAt: Date | null;
  readonly mfaKind: string | null;
  readonly endedAt: Date | null;
  readonly userAgent: string | null;
  readonly address: string | null;
};

function sessionOf(row: DatabaseRow): SessionRow {
  return {
    tokenHash: Buffer.from(row.tokenHash),
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: row.expiresAt,
    mfaPassedAt: row.mfaPassedAt ?? undefined,
    mfaKind: factorKinds.find((kind) => kind === row.mfaKind),
    endedAt: row.endedAt ?? undefined,
    userAgent: row.userAgent ?? undefined,
    address: row.address ?? undefined,
  };
}
