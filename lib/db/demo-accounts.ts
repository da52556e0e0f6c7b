import type { Role } from "@/lib/core/authz/role";
import {
  type DemoAccount,
  demoAccountsSchema,
  demoAccountsSettingKey,
  demoSettingKey,
  demoStateSchema,
} from "@/lib/core/demo/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** The accounts of the demo; none where nobody has asked for them. */
export async function readDemoAccounts(tx: Transaction): Promise<readonly DemoAccount[]> {
  const row = await tx.setting.findUnique({ where: { key: demoAccountsSettingKey } });
  return row === null ? [] : demoAccountsSchema.parse(row.value);
}

/** Notes who the accounts of the demo are. */
export async function putDemoAccounts(tx: Transaction, accounts: readonly DemoAccount[]): Promise<void> {
  const value = accounts.map(({ password, ...account }) => ({ ...account, password: { ...password } }));
  await tx.setting.upsert({
    where: { key: demoAccountsSettingKey },
    create: { key: demoAccountsSettingKey, value },
    update: { value, updatedAt: new Date() },
  });
}

/** Makes one account with one role, held everywhere or in one department. Undefined when the address is taken. */
export async function insertDemoUser(
  tx: Transaction,
  user: {
    readonly email: string;
    readonly name: string;
    readonly passwordHash: string;
    readonly role: Role;
    readonly department: string | undefined;
    readonly now: Date;
  },
): Promise<string | undefined> {
  const { email, name, passwordHash, role, department, now } = user;
  const [made] = await tx.user.createManyAndReturn({
    data: [{ email, name, passwordHash, createdAt: now, joinedAt: now }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made === undefined) return undefined;
  await tx.roleGrant.create({
    data: { userId: made.id, role, department: department ?? null, grantedBy: "demo", grantedAt: now },
  });
  return made.id;
}

/** How an account of the demo signs in; null when somebody has deleted it. */
export function findDemoUser(
  tx: Transaction,
  userId: string,
): Promise<{ readonly name: string; readonly email: string } | null> {
  return tx.user.findUnique({ where: { id: userId }, select: { name: true, email: true } });
}

/** Deletes the accounts of the demo with everything that is theirs: sessions end with the commit. */
export async function deleteDemoAccounts(tx: Transaction): Promise<void> {
  const accounts = await readDemoAccounts(tx);
  await tx.user.deleteMany({ where: { id: { in: accounts.map(({ userId }) => userId) } } });
  await tx.setting.deleteMany({ where: { key: demoAccountsSettingKey } });
}

/**
 * Whose account this is: `own` where it is no account of a demo, `demo` where it is one and its demo is here alone,
 * `stray` where it is one without its demo, or beside a real source.
 */
export async function demoStandingOf(userId: string): Promise<"own" | "demo" | "stray"> {
  const { prisma } = database();
  const accounts = await readDemoAccounts(prisma);
  if (!accounts.some((account) => account.userId === userId)) return "own";
  const [state, real] = await Promise.all([
    prisma.setting.findUnique({ where: { key: demoSettingKey } }),
    prisma.source.count({ where: { isDemo: false } }),
  ]);
  const isHere = state !== null && demoStateSchema.parse(state.value).phase !== "removing";
  return isHere && real === 0 ? "demo" : "stray";
}
