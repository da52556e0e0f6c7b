import { beforeAll, describe, expect, test } from "vitest";
import { isWelcomeHere } from "@/lib/auth/demo-account";
import { readSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { everywhere, roles } from "@/lib/core/authz/role";
import { open } from "@/lib/crypto/seal";
import { matchTotpStep, totpPurpose } from "@/lib/crypto/totp";
import { findTotpFactor } from "@/lib/db/second-factors";
import { type OpenedAccount, openDemoAccounts } from "@/lib/services/demo/open-accounts";
import { removeDemo } from "@/lib/services/demo/remove-demo";
import { startDemo } from "@/lib/services/demo/start-demo";
import { withInstallation } from "@/tests/support/backups";
import { documentOf, signalbox } from "@/tests/support/command-line";
import { aPerson } from "@/tests/support/people";

const place = withInstallation();
const system = { kind: "system", name: "test" } as const;
const now = new Date();
const loopback = { host: "127.0.0.1", trustedProxies: [], publicUrl: "http://localhost:3000" } as const;

let accounts: readonly OpenedAccount[] = [];

beforeAll(async () => {
  await startDemo(system, {});
  accounts = (await openDemoAccounts(system, {})).accounts;
});

function tryToSignIn({ email, password }: Pick<OpenedAccount, "email" | "password">) {
  return signIn({ credentials: { email, password }, address: undefined, userAgent: undefined, now });
}

describe("the accounts of the demo", () => {
  test("are one a role, and stay the same when they are asked for again", async () => {
    expect(accounts.map(({ role }) => role)).toEqual(roles);
    const again = await openDemoAccounts(system, {});
    expect(again.isNew).toBe(false);
    expect(again.accounts.map(({ code: _, ...account }) => account)).toEqual(
      accounts.map(({ code: _, ...account }) => account),
    );
  });

  test.each(roles)("%s signs in with its password and holds its role", async (role) => {
    const account = accounts.find((one) => one.role === role);
    const signedIn = account && (await tryToSignIn(account));
    const live = await readSession(signedIn?.token ?? "", now);
    expect(live?.actor.grants.map((grant) => grant.role)).toEqual([role]);
  });

  test("have an authenticator app already, whose code is the one that is printed", async () => {
    const end = await signalbox("demo accounts --json");
    expect(end.code).toBe(0);
    const printed = documentOf(end);
    const [first] = Array.isArray(printed) ? printed : [];
    const user = await place().db.prisma.user.findUniqueOrThrow({ where: { email: first?.email } });
    const factor = await findTotpFactor(user.id);
    const secret = factor && open(factor, totpPurpose(user.id)).toString();
    expect(matchTotpStep({ secret: secret ?? "", code: first?.code, now: new Date() })).toBeTypeOf("number");
  });

  test("keep their passwords encrypted", async () => {
    const { value } = await place().db.prisma.setting.findUniqueOrThrow({ where: { key: "demo-accounts" } });
    for (const { password } of accounts) expect(JSON.stringify(value)).not.toContain(password);
  });

  test("are told of in the audit trail each time, without a secret", async () => {
    const { rows } = await place().db.pool.query<{ action: string; detail: unknown }>(
      "SELECT action, detail FROM signal.audit_leaf WHERE entity_type = 'demo-accounts' ORDER BY id",
    );
    expect(rows[0]).toEqual({ action: "C", detail: { roles } });
    expect(new Set(rows.slice(1).map(({ action }) => action))).toEqual(new Set(["R"]));
  });

  test("are not for whoever may not start a demo", async () => {
    const analyst = aPerson(everywhere("interface-analyst"));
    await expect(openDemoAccounts(analyst, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("where other machines reach the product", () => {
  test("they are not told", async () => {
    const end = await signalbox("demo accounts --json", {
      env: { HOST: "0.0.0.0", SIGNALBOX_TRUSTED_PROXIES: "10.0.0.7" },
    });
    expect(end).toMatchObject({ code: 1, stdout: "" });
    expect(end.stderr).toContain("for this machine alone");
  });

  test.each([
    { how: "on another address", settings: { ...loopback, host: "0.0.0.0" } },
    { how: "through a proxy", settings: { ...loopback, trustedProxies: ["10.0.0.7"] } },
    { how: "under a public name", settings: { ...loopback, publicUrl: "https://signalbox.example.org" } },
  ])("$how, they do not sign in", async ({ settings }) => {
    const { id } = await place().db.prisma.user.findUniqueOrThrow({
      where: { email: accounts[0]?.email ?? "" },
    });
    expect(await isWelcomeHere(id, settings)).toBe(false);
    expect(await isWelcomeHere(id, loopback)).toBe(true);
  });

  test("people's own accounts do as ever", async () => {
    const own = await place().db.prisma.user.create({
      data: { email: "own@example.org", name: "Own", passwordHash: "" },
    });
    expect(await isWelcomeHere(own.id, { ...loopback, host: "0.0.0.0" })).toBe(true);
  });
});

test("a real source that came in nevertheless shuts them out", async () => {
  const real = await place().db.prisma.source.create({ data: { kind: "push", name: "real", config: {} } });
  const account = accounts[0] ?? { email: "", password: "" };
  expect(await tryToSignIn(account)).toBeUndefined();
  await expect(openDemoAccounts(system, {})).rejects.toMatchObject({ code: "conflict" });
  await place().db.prisma.source.delete({ where: { id: real.id } });
  expect(await tryToSignIn(account)).toBeDefined();
});

test("with the demo they go, and with them their sessions; people's own stay", async () => {
  const account = accounts[0] ?? { email: "", password: "" };
  const signedIn = await tryToSignIn(account);
  await removeDemo(system, {});
  expect(await readSession(signedIn?.token ?? "", now)).toBeUndefined();
  expect(await tryToSignIn(account)).toBeUndefined();
  const left = await place().db.prisma.user.findMany({ select: { email: true } });
  expect(left).toEqual([{ email: "own@example.org" }]);
  expect(await place().db.prisma.setting.count()).toBe(0);
  await expect(openDemoAccounts(system, {})).rejects.toMatchObject({ code: "not_found" });
});
