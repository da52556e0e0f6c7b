import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authSecret, sessionCookieName } from "@/lib/auth/options";
import { startSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { isFactorFresh } from "@/lib/core/authz/step-up";
import { CONNECTED_PATH } from "@/lib/core/sso/refusal";
import { aCookieBrowser } from "@/tests/support/cookie-browser";
import { freePort } from "@/tests/support/free-port";
import { type IdentityProvider, startIdentityProvider } from "@/tests/support/identity-provider";
import { addPerson } from "@/tests/support/people";
import { leaveForProvider, signInAtProvider } from "@/tests/support/provider-visit";
import { startSignInServer } from "@/tests/support/sign-in-server";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
let origin = "";
let provider: IdentityProvider;
let server: Awaited<ReturnType<typeof startSignInServer>>;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider(`${origin}/api/auth/callback/oidc`);
  server = await startSignInServer(port, provider.settings);
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});
beforeEach(async () => {
  await db().prisma.user.deleteMany();
  await db().prisma.groupRole.deleteMany();
  await map("/it", "interface-analyst", "Radiology");
  await map("/staff", "reporter");
});

const map = (groupName: string, role: string, department?: string) =>
  db().prisma.groupRole.create({
    data: { groupName, role, department: department ?? null, mappedBy: "test" },
  });

const nora = { sub: "n-1", name: "Nora", email: "Nora@Example.org", groups: ["/it", "/unknown"] } as const;

async function trail(): Promise<readonly unknown[]> {
  const { rows } = await db().pool.query(
    "SELECT outcome, detail FROM signal.audit_leaf WHERE permission = 'sign-in' ORDER BY id DESC",
  );
  return rows;
}

describe("somebody who comes from the provider", () => {
  test("gets an account with the roles of their groups, and no more", async () => {
    provider.seat({ ...nora, amr: ["pwd", "mfa"] });
    const { place, session } = await signInAtProvider(origin, aCookieBrowser(), "/interfaces");
    expect(place).toBe("/interfaces");
    expect(session?.actor).toMatchObject({
      name: "Nora",
      email: "nora@example.org",
      grants: [{ role: "interface-analyst", department: "Radiology" }],
    });
    expect((await trail())[0]).toEqual({
      outcome: "success",
      detail: {
        by: "provider",
        factor: "provider",
        connected: false,
        given: ["interface-analyst in Radiology"],
        taken: [],
      },
    });
  });

  test("has the same account next time, whatever address and name they then have", async () => {
    provider.seat(nora);
    const first = await signInAtProvider(origin);
    provider.seat({ ...nora, email: "else@example.org", name: "Else" });
    const second = await signInAtProvider(origin);
    expect(second.session?.actor.id).toBe(first.session?.actor.id);
  });

  test("is not let in when no group of theirs stands for a role", async () => {
    provider.seat({ ...nora, groups: ["/unknown"] });
    const { place, session } = await signInAtProvider(origin);
    expect(session).toBeUndefined();
    expect(place).toBe("/sign-in?refused=no-role");
    expect(await db().prisma.user.count()).toBe(0);
    expect((await trail())[0]).toEqual({
      outcome: "failure",
      detail: { by: "provider", reason: "no-role" },
    });
  });

  test("never gets the account of somebody with their address", async () => {
    const local = await addPerson(db(), []);
    provider.seat({ ...nora, email: local.email });
    const { place, session } = await signInAtProvider(origin);
    expect(session).toBeUndefined();
    expect(place).toBe("/sign-in?refused=address-taken");
    expect(await db().prisma.ssoIdentity.count()).toBe(0);
  });

  test("is refused once their account is disabled", async () => {
    provider.seat(nora);
    await signInAtProvider(origin);
    await db().prisma.user.updateMany({ data: { disabledAt: new Date() } });
    const { place, session } = await signInAtProvider(origin);
    expect(session).toBeUndefined();
    expect(place).toBe("/sign-in?refused=closed");
  });

  test("has no password", async () => {
    provider.seat(nora);
    await signInAtProvider(origin);
    const credentials = { email: "nora@example.org", password: "anything at all" };
    expect(await signIn({ credentials, address: "::1", userAgent: "test", now: new Date() })).toBeUndefined();
  });
});

describe("groups", () => {
  test("that change bite at the next sign-in, and touch no role that was granted here", async () => {
    provider.seat(nora);
    const { session } = await signInAtProvider(origin);
    const userId = session?.actor.id ?? "";
    await db().prisma.roleGrant.create({ data: { userId, role: "committee-member", grantedBy: "somebody" } });
    provider.seat({ ...nora, groups: ["/staff"] });
    const next = await signInAtProvider(origin);
    expect(next.session?.actor.grants.map(({ role }) => role).sort()).toEqual([
      "committee-member",
      "reporter",
    ]);
    provider.seat({ ...nora, groups: [] });
    const last = await signInAtProvider(origin);
    expect(last.session?.actor.grants.map(({ role }) => role)).toEqual(["committee-member"]);
  });

  test("that the provider does not send give nothing", async () => {
    provider.seat({ sub: "x", email: "x@example.org" });
    expect((await signInAtProvider(origin)).place).toBe("/sign-in?refused=no-role");
  });
});

describe("groups that the provider does not send because they are too many", () => {
  test("keep their person out, with the roles that they had, and are told of", async () => {
    provider.seat(nora);
    const { session } = await signInAtProvider(origin);
    const held = { where: { userId: session?.actor.id ?? "" } };
    const before = await db().prisma.roleGrant.count(held);
    const { groups: _groups, ...rest } = nora;
    provider.seat({ ...rest, hasGroupsElsewhere: true });
    expect((await signInAtProvider(origin)).place).toBe("/sign-in?refused=too-many-groups");
    expect(await db().prisma.roleGrant.count(held)).toBe(before);
  });
});

describe("a second factor", () => {
  test.each([
    ["where it was agreed on", { amr: ["hwk"] }, "passkey"],
    ["not where it is another", { amr: ["otp"] }, undefined],
  ])("counts as a passkey %s", async (_when, said, kind) => {
    provider.seat({ ...nora, ...said });
    const { session } = await signInAtProvider(origin);
    expect(session?.session.mfaKind).toBe(kind);
  });

  test.each([
    ["amr names one", { amr: ["pwd", "otp"] }],
    ["acr is one that was agreed on", { acr: "urn:example:two-factors" }],
  ])("counts when %s", async (_when, said) => {
    provider.seat({ ...nora, ...said });
    const { session } = await signInAtProvider(origin);
    expect(session?.session.mfaPassedAt).toBeDefined();
    expect(session && isFactorFresh(session.actor, new Date())).toBe(true);
  });

  test.each([
    ["amr names a password alone", { amr: ["pwd"] }],
    ["amr names a text message", { amr: ["pwd", "sms"] }],
    ["acr is another", { acr: "urn:example:password" }],
    ["nothing is said", {}],
  ])("is owed here when %s", async (_when, said) => {
    provider.seat({ ...nora, ...said });
    const { session } = await signInAtProvider(origin);
    expect(session).toBeDefined();
    expect(session?.session.mfaPassedAt).toBeUndefined();
  });
});

describe("a local account", () => {
  const enter = async (minutesAgo: number, account: Awaited<ReturnType<typeof addPerson>>) => {
    const browser = aCookieBrowser();
    const person = { ...account, disabledAt: undefined, createdAt: new Date(), joinedAt: new Date() };
    const token = await startSession({
      account: person,
      now: new Date(),
      userAgent: "test",
      address: undefined,
    });
    const factorAt = new Date(Date.now() - minutesAgo * 60_000);
    await db().prisma.session.updateMany({
      where: { userId: account.id },
      data: { mfaPassedAt: factorAt, mfaKind: "totp" },
    });
    const cookie = await encode({ token: { sid: token }, secret: authSecret() });
    browser.setCookie(new URL(origin).host, sessionCookieName(), cookie);
    return browser;
  };

  test("is connected by whoever has just proved a factor of it and asks for it", async () => {
    const local = await addPerson(db(), []);
    provider.seat({ ...nora, email: local.email, amr: ["mfa"] });
    const visit = await signInAtProvider(origin, await enter(1, local), CONNECTED_PATH);
    expect(visit.place).toBe(CONNECTED_PATH);
    expect(visit.session?.actor.id).toBe(local.id);
    // The session before it is over: a sign-in changes the key.
    expect(await db().prisma.session.count({ where: { userId: local.id, endedAt: null } })).toBe(1);
    const later = await signInAtProvider(origin);
    expect(later.session?.actor.id).toBe(local.id);
  });

  test("is not connected by an old factor, nor without asking for it", async () => {
    const local = await addPerson(db(), []);
    provider.seat({ ...nora, groups: [] });
    const old = await signInAtProvider(origin, await enter(6, local), CONNECTED_PATH);
    expect(old.place).toBe("/sign-in?refused=not-fresh");
    const unasked = await signInAtProvider(origin, await enter(1, local), "/");
    expect(unasked.place).toBe("/sign-in?refused=no-role");
    expect(await db().prisma.ssoIdentity.count()).toBe(0);
  });
});

describe("the way to the provider", () => {
  test("says in the address what is asked and checked: code, PKCE, state, nonce", async () => {
    const to = new URL(await leaveForProvider(origin, aCookieBrowser()));
    expect(to.origin).toBe(provider.issuer);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      state: expect.stringMatching(/.{20,}/),
      nonce: expect.stringMatching(/.{20,}/),
      redirect_uri: `${origin}/api/auth/callback/oidc`,
    });
  });

  test("is told to be called off there, without a word of why in the address", async () => {
    provider.seat(undefined);
    const { place, session } = await signInAtProvider(origin);
    expect(session).toBeUndefined();
    expect(place).toMatch(/^\/sign-in\?.*error=Callback$/);
  });

  test("leads to what to do when the provider is away", async () => {
    await provider.stop();
    const to = new URL(await leaveForProvider(origin, aCookieBrowser()));
    expect(to.origin).toBe(origin);
    expect(to.searchParams.get("error")).toBe("OAuthSignin");
  });
});
