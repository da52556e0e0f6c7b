import { randomBytes } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { isForThisMachineOnly } from "@/lib/config/network";
import { type Role, roles } from "@/lib/core/authz/role";
import type { DemoAccount } from "@/lib/core/demo/schema";
import { AppError } from "@/lib/core/errors";
import { hashPassword } from "@/lib/crypto/password";
import { open, seal } from "@/lib/crypto/seal";
import { newTotpSecret, totpCode, totpPurpose } from "@/lib/crypto/totp";
import { lockSourceMix, readDemoState } from "@/lib/db/demo";
import { findDemoUser, insertDemoUser, putDemoAccounts, readDemoAccounts } from "@/lib/db/demo-accounts";
import { findTotpFactorIn, insertTotpFactor } from "@/lib/db/second-factors";
import type { Transaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";

/** What somebody needs to walk in as one role. `code` is the one-time code of this half minute. */
export type OpenedAccount = {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly code: string;
};

/**
 * The accounts of the demo hospital, one a role, with password and current one-time code; made when they are first asked
 * for. Each asking is audited.
 * @throws AppError forbidden where other machines reach the product | not_found without a demo | conflict beside a real
 * source, while the demo is being removed, or when an address is taken
 */
export const openDemoAccounts = command({
  permission: "demo.write",
  input: z.object({}),
  run: async ({ tx, now }) => {
    await requireDemoAlone(tx);
    const known = await readDemoAccounts(tx);
    const accounts = known.length > 0 ? known : await makeAccounts(tx, now);
    const opened: OpenedAccount[] = [];
    for (const account of accounts) {
      const one = await openAccount({ tx, account, now });
      if (one !== undefined) opened.push(one);
    }
    return { isNew: known.length === 0, accounts: opened };
  },
  audit: ({ result }) => ({
    action: result.isNew ? "C" : "R",
    entityType: "demo-accounts",
    entityId: "demo",
    detail: { roles: result.accounts.map(({ role }) => role) },
  }),
});

async function requireDemoAlone(tx: Transaction): Promise<void> {
  if (!isForThisMachineOnly(env())) {
    throw new AppError(
      "forbidden",
      "Accounts of the demo are for this machine alone, and other machines reach Signalbox here.",
    );
  }
  const { hasReal } = await lockSourceMix(tx);
  if (hasReal) {
    throw new AppError("conflict", "Accounts of the demo are not made beside real sources.");
  }
  const state = await readDemoState();
  if (state === undefined) throw new AppError("not_found", "There is no demo hospital.");
  if (state.phase === "removing") throw new AppError("conflict", "The demo hospital is being removed.");
}

async function makeAccounts(tx: Transaction, now: Date): Promise<readonly DemoAccount[]> {
  const accounts: DemoAccount[] = [];
  for (const role of roles) accounts.push(await makeAccount({ tx, role, now }));
  await putDemoAccounts(tx, accounts);
  return accounts;
}

async function makeAccount(ask: {
  readonly tx: Transaction;
  readonly role: Role;
  readonly now: Date;
}): Promise<DemoAccount> {
  const { tx, role, now } = ask;
  const password = randomBytes(15).toString("base64url");
  const userId = await insertDemoUser(tx, {
    email: `${role}@demo-hospital.example`,
    name: `Demo ${role.replaceAll("-", " ")}`,
    passwordHash: await hashPassword(password),
    role,
    department: role === "department-owner" ? OWNED_DEPARTMENT : undefined,
    now,
  });
  if (userId === undefined) {
    throw new AppError("conflict", "The address of an account of the demo is taken.", { info: { role } });
  }
  await insertTotpFactor(tx, { userId, now, ...seal(newTotpSecret(), totpPurpose(userId)) });
  const { keyId, bytes } = seal(password, passwordPurpose(userId));
  return { userId, role, password: { keyId, bytes: bytes.toString("base64") } };
}

/** A department of the demo hospital with interfaces of an engine and of feeds. */
const OWNED_DEPARTMENT = "Radiology";

/** Undefined for an account that somebody has deleted, or whose one-time codes were taken away. */
async function openAccount(ask: {
  readonly tx: Transaction;
  readonly account: DemoAccount;
  readonly now: Date;
}): Promise<OpenedAccount | undefined> {
  const { userId, role, password } = ask.account;
  const person = await findDemoUser(ask.tx, userId);
  const factor = await findTotpFactorIn(ask.tx, userId);
  if (person === null || factor === undefined) return undefined;
  const sealed = { keyId: password.keyId, bytes: Buffer.from(password.bytes, "base64") };
  const secret = open(factor, totpPurpose(userId)).toString();
  return {
    role,
    name: person.name,
    email: person.email,
    password: open(sealed, passwordPurpose(userId)).toString(),
    code: totpCode({ secret, now: ask.now }),
  };
}

function passwordPurpose(userId: string): string {
  return `demo-account/${userId}`;
}
