import type { Role } from "@/lib/core/authz/role";
import type { Transaction } from "./transaction";
import { type Account, accountOf, withGrants } from "./users";

/**
 * Puts changes of who may do what in a row, until the end of the transaction: of two that together would leave nobody
 * in charge, the second sees what the first did.
 */
export async function lockPeople(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.people'))`;
}

export async function findPerson(tx: Transaction, userId: string): Promise<Account | undefined> {
  const row = await tx.user.findUnique({ where: { id: userId }, include: withGrants });
  return row === null ? undefined : accountOf(row);
}

/** Enabled people who have joined and hold one of some roles everywhere, beside those named. */
export async function countHolders(
  tx: Transaction,
  ask: { readonly roles: readonly Role[]; readonly except: readonly string[] },
): Promise<number> {
  return tx.user.count({
    where: {
      id: { notIn: [...ask.except] },
      disabledAt: null,
      joinedAt: { not: null },
      grants: { some: { role: { in: [...ask.roles] }, department: null } },
    },
  });
}

/** Makes an account that cannot sign in until its person joins. Undefined when the address is taken. */
export async function insertInvited(
  tx: Transaction,
  person: { readonly email: string; readonly name: string; readonly now: Date },
): Promise<string | undefined> {
  const { email, name, now } = person;
  const rows = await tx.user.createManyAndReturn({
    data: [{ email, name, passwordHash: "", createdAt: now }],
    skipDuplicates: true,
    select: { id: true },
  });
  return rows[0]?.id;
}

/** Gives an invited person the only link that holds. */
export async function replaceInvitation(
  tx: Transaction,
  link: {
    readonly userId: string;
    readonly tokenHash: Buffer;
    readonly now: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  const { userId, now, expiresAt } = link;
  await tx.invitation.deleteMany({ where: { userId } });
  await tx.invitation.create({
    data: { userId, tokenHash: new Uint8Array(link.tokenHash), createdAt: now, expiresAt },
  });
}

/** Whose invitation this is; undefined when it is unknown, used, out of date, or its account is disabled. */
export async function findInvited(
  tx: Transaction,
  link: { readonly tokenHash: Buffer; readonly now: Date },
): Promise<Account | undefined> {
  const row = await tx.invitation.findFirst({
    where: {
      tokenHash: new Uint8Array(link.tokenHash),
      usedAt: null,
      expiresAt: { gt: link.now },
      user: { joinedAt: null, disabledAt: null },
    },
    include: { user: { include: withGrants } },
  });
  return row === null ? undefined : accountOf(row.user);
}

/** Uses the link up. False when another request was first. */
export async function consumeInvitation(
  tx: Transaction,
  link: { readonly tokenHash: Buffer; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { tokenHash: new Uint8Array(link.tokenHash), usedAt: null, expiresAt: { gt: link.now } },
    data: { usedAt: link.now },
  });
  return count > 0;
}

/** Sets what the person chose; from now on the account can sign in. */
export async function joinPerson(
  tx: Transaction,
  person: {
    readonly userId: string;
    readonly name: string;
    readonly passwordHash: string;
    readonly now: Date;
  },
): Promise<void> {
  const { userId, name, passwordHash, now } = person;
  await tx.user.update({ where: { id: userId }, data: { name, passwordHash, joinedAt: now } });
}

/** Disables an account and ends all of its sessions. False when it was disabled already. */
export async function disablePersonRow(
  tx: Transaction,
  person: { readonly userId: string; readonly now: Date },
): Promise<boolean> {
  const { userId, now } = person;
  const { count } = await tx.user.updateMany({
    where: { id: userId, disabledAt: null },
    data: { disabledAt: now },
  });
  await tx.session.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } });
  return count > 0;
}

/** Lets a disabled account sign in again. False when it was not disabled. */
export async function enablePersonRow(tx: Transaction, userId: string): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, disabledAt: { not: null } },
    data: { disabledAt: null },
  });
  return count > 0;
}
