import { afterAll, beforeAll, expect, test } from "vitest";
import { aCookieBrowser } from "@/tests/support/cookie-browser";
import { type Crook, startCrookedProvider } from "@/tests/support/crooked-provider";
import { freePort } from "@/tests/support/free-port";
import { leaveForProvider, signInAtProvider } from "@/tests/support/provider-visit";
import { startSignInServer } from "@/tests/support/sign-in-server";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
let origin = "";
let provider: Awaited<ReturnType<typeof startCrookedProvider>>;
let server: Awaited<ReturnType<typeof startSignInServer>>;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  provider = await startCrookedProvider();
  server = await startSignInServer(port, {
    SIGNALBOX_OIDC_ISSUER: provider.issuer,
    SIGNALBOX_OIDC_CLIENT_ID: "signalbox",
    SIGNALBOX_OIDC_CLIENT_SECRET: "secret",
  });
  await db().prisma.groupRole.create({ data: { groupName: "staff", role: "reporter", mappedBy: "test" } });
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});

const seconds = () => Math.floor(Date.now() / 1000);
const crooks: readonly (readonly [string, Crook])[] = [
  ["of another nonce", { claims: { nonce: "of another sign-in" } }],
  ["without a nonce", { claims: { nonce: undefined } }],
  ["of another issuer", { claims: { iss: "https://elsewhere.example.org" } }],
  ["for another audience", { claims: { aud: "another-client" } }],
  ["for several audiences without naming us as its party", { claims: { aud: ["signalbox", "other"] } }],
  ["that has expired", { claims: { exp: seconds() - 60 } }],
  ["that is not valid yet", { claims: { nbf: seconds() + 3_600 } }],
  ["without a subject", { claims: { sub: undefined } }],
  ["signed by a key that was never published", { isForeignKey: true }],
];

test("a right token lets in", async () => {
  provider.next({});
  const { place, session } = await signInAtProvider(origin);
  expect(place).toBe("/");
  expect(session?.actor.email).toBe("somebody@example.org");
});

test.each(crooks)("a token %s lets nobody in", async (_what, crook) => {
  provider.next(crook);
  const { place, session } = await signInAtProvider(origin);
  expect(session).toBeUndefined();
  expect(place).toMatch(/^\/sign-in\?.*error=OAuthCallback$/);
});

test("an answer for another browser's request lets nobody in", async () => {
  provider.next({});
  const mine = aCookieBrowser();
  const theirs = aCookieBrowser();
  const answer = await mine.ask(await leaveForProvider(origin, mine));
  // The victim has left for the provider too, and is then led to the attacker's answer.
  await leaveForProvider(origin, theirs);
  const end = await theirs.follow(answer.headers.get("location") ?? "");
  expect(end.search).toContain("error=OAuthCallback");
  expect(theirs.cookie(new URL(origin).host, "signalbox.session")).toBeUndefined();
});

test("an answer counts once", async () => {
  provider.next({});
  const browser = aCookieBrowser();
  const answer = await browser.ask(await leaveForProvider(origin, browser));
  const back = answer.headers.get("location") ?? "";
  expect((await browser.follow(back)).search).toBe("");
  expect((await browser.follow(back)).search).toContain("error=OAuthCallback");
});
