import { type Grant, roles } from "@/lib/core/authz/role";
import { database } from "./client";
import type { Prisma } from "./generated/client";
import type { Transaction } from "./transaction";

export type Account = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly disabledAt: Date | undefined;
  readonly createdAt: Date;
  /** When the password was set; undefined for somebody who is invited and has not come yet. */
  readonly joinedAt: Date | undefined;
};

/** What `accountOf` needs beside the row of the user itself. */
export const withGrants = {
  grants: { orderBy: [{ role: "asc" }, { department: "asc" }] },
} satisfies Prisma.UserInclude;

/** Whether anybody can sign in at all. */
export async function hasUsers(): Promise<boolean> {
  return (await database().prisma.user.findFirst({ select: { id: true } })) !== null;
}

/** The account and its password hash; undefined when nobody who has joined has this address. */
export async function findAccountByEmail(
  email: string,
): Promise<(Account & { readonly passwordHash: string }) | undefined> {
  const row = await database().prisma.user.findFirst({
    where: { email, joinedAt: { not: null } },
    include: withGrants,
  });
  return row === null ? undefined : { ...accountOf(row), passwordHash: row.passwordHash };
}

/** Everybody, by name. */
export async function listAccounts(): Promise<readonly Account[]> {
  const rows = await database().prisma.user.findMany({ orderBy: { name: "asc" }, include: withGrants });
  return rows.map(accountOf);
}

/**
 * Makes the first user. Answers undefined when there already is one; two callers at once are put in a row by an
 * advisory lock that lasts to the end of the transaction.
 */
export async function insertFirstUser(
  tx: Transaction,
  user: { readonly email: string; readonly name: string; readonly passwordHash: string },
): Promise<string | undefined> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.first-user'))`;
  if ((await tx.user.count()) > 0) return undefined;
  const row = await tx.user.create({
    data: {
      ...user,
      joinedAt: new Date(),
      grants: { create: { role: "administrator", grantedBy: "setup" } },
    },
    select: { id: true },
  });
  return row.id;
}

type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly grants: readonly { readonly role: string; readonly department: string | null }[];
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly joinedAt: Date | null;
};

/** Roles that this version does not know give no rights. */
export function accountOf(row: UserRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    grants: row.grants.flatMap(({ role, department }) => {
      const known = roles.find((one) => one === role);
      return known === undefined ? [] : [{ role: known, department: department ?? undefined }];
    }),
    disabledAt: row.disabledAt ?? undefined,
    createdAt: row.createdAt,
    joinedAt: row.joinedAt ?? undefined,
  };
}
