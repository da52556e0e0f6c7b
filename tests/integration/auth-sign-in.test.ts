import { beforeAll, describe, expect, test } from "vitest";
import { absoluteLimitMs, endSession, idleLimitMs, noteUse, readSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { newToken } from "@/lib/crypto/keyed-hash";
import { completeSetup } from "@/lib/services/setup/complete-setup";
import { createAdministrator } from "@/lib/services/setup/create-administrator";
import { createSetupLink } from "@/lib/services/setup/create-setup-link";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const person = { name: "Ada Admin", email: "ada@example.org", password: "four unrelated words here" };
const later = (from: Date, ms: number) => new Date(from.getTime() + ms);

async function newLink(): Promise<string> {
  const made = await createSetupLink();
  return new URL(made?.url ?? "http://none.invalid").searchParams.get("link") ?? "";
}

function attempt(credentials: unknown, now = new Date()) {
  return signIn({ credentials, address: "192.0.2.7", userAgent: "test", now });
}

async function trail(permission: string) {
  const { rows } = await db().pool.query(
    "SELECT outcome, entity_type FROM signal.audit_leaf WHERE permission = $1 ORDER BY id",
    [permission],
  );
  return rows;
}

describe("set-up", () => {
  test("a newer link replaces the older one", async () => {
    const older = await newLink();
    await newLink();
    await expect(completeSetup({ ...person, link: older })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a short password is refused by the field's name", async () => {
    const link = await newLink();
    await expect(completeSetup({ ...person, password: "short", link })).rejects.toMatchObject({
      code: "bad_request",
      info: { fields: "password: too_small" },
    });
  });

  test("of two who race with one link, exactly one becomes administrator", async () => {
    const link = await newLink();
    const outcomes = await Promise.allSettled([
      completeSetup({ ...person, link }),
      completeSetup({ ...person, email: "other@example.org", link }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db().prisma.user.count()).toBe(1);
  });

  test("there is no further link and no second first administrator", async () => {
    expect(await createSetupLink()).toBeUndefined();
    await expect(createAdministrator({ kind: "system", name: "cli" }, person)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("sign-in", () => {
  beforeAll(async () => {
    // Whoever won the race: from here on it is a known person.
    await db().prisma.user.updateMany({ data: { email: person.email } });
  });

  test("the right password starts a session that names its person", async () => {
    const now = new Date();
    const done = await attempt(person, now);
    expect((await readSession(done?.token ?? "", now))?.actor).toMatchObject({ email: person.email });
    expect(await trail("sign-in")).toContainEqual({ outcome: "success", entity_type: "session" });
  });

  test("a wrong password and an unknown address are refused alike, and audited", async () => {
    expect(await attempt({ ...person, password: "not the right password" })).toBeUndefined();
    expect(await attempt({ ...person, email: "nobody@example.org" })).toBeUndefined();
    const failures = (await trail("sign-in")).filter(({ outcome }) => outcome === "failure");
    expect(failures).toHaveLength(2);
  });

  test("a session lives to the idle limit and not past it", async () => {
    const now = new Date();
    const token = (await attempt(person, now))?.token ?? "";
    expect(await readSession(token, later(now, idleLimitMs))).toBeUndefined();
    expect(await readSession(token, later(now, idleLimitMs - 1))).toBeDefined();
  });

  test("a session in use ends at the absolute limit", async () => {
    const now = new Date();
    const token = (await attempt(person, now))?.token ?? "";
    for (let ms = 0; ms < absoluteLimitMs; ms += idleLimitMs / 2) {
      const live = await readSession(token, later(now, ms));
      expect(live).toBeDefined();
      if (live !== undefined) await noteUse(live, later(now, ms));
    }
    expect(await readSession(token, later(now, absoluteLimitMs))).toBeUndefined();
  });

  test("a page that refreshes by itself does not keep a session alive", async () => {
    const now = new Date();
    const token = (await attempt(person, now))?.token ?? "";
    for (let ms = 0; ms < idleLimitMs; ms += 60_000) await readSession(token, later(now, ms));
    expect(await readSession(token, later(now, idleLimitMs))).toBeUndefined();
  });

  test("an ended session is over at once", async () => {
    const token = (await attempt(person))?.token ?? "";
    await endSession(token, new Date());
    expect(await readSession(token, new Date())).toBeUndefined();
    expect(await trail("sign-out")).toEqual([{ outcome: "success", entity_type: "session" }]);
  });

  test("a disabled account loses its sessions at once and gets no new one", async () => {
    const token = (await attempt(person))?.token ?? "";
    await db().prisma.user.updateMany({ data: { disabledAt: new Date() } });
    expect(await readSession(token, new Date())).toBeUndefined();
    expect(await attempt(person)).toBeUndefined();
    await db().prisma.user.updateMany({ data: { disabledAt: null } });
  });

  test("guessing is slowed down, for the guesser's address alone", async () => {
    const guess = { ...person, password: "one more guess at it" };
    for (let count = 0; count < 10; count += 1) {
      await attempt(guess).catch(() => undefined);
    }
    await expect(attempt(person)).rejects.toMatchObject({ code: "rate_limited" });
    const elsewhere = { credentials: person, address: "192.0.2.99", userAgent: "test", now: new Date() };
    expect(await signIn(elsewhere)).toBeDefined();
  });

  test("a thousand guesses from a hundred addresses are mostly refused unasked, and the owner comes in where she always does", async () => {
    await db().pool.query("DELETE FROM signal.rate_limit");
    const home = { credentials: person, address: "192.0.2.50", userAgent: "test", now: new Date() };
    await signIn(home);
    await db().pool.query("UPDATE public.session SET mfa_passed_at = now() WHERE address = $1", [
      home.address,
    ]);
    const guess = { ...person, password: "one more guess at it" };
    const answers: string[] = [];
    for (let count = 0; count < 1_000; count += 1) {
      const address = `198.51.100.${count % 100}`;
      answers.push(
        await signIn({ credentials: guess, address, userAgent: "test", now: new Date() }).then(
          (session) => (session === undefined ? "wrong" : "in"),
          () => "refused",
        ),
      );
    }
    expect(answers.filter((answer) => answer === "wrong")).toHaveLength(100);
    expect(answers).not.toContain("in");
    expect(await signIn(home)).toBeDefined();
    const stranger = { ...home, address: "203.0.113.1" };
    await expect(signIn(stranger)).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("more than a hundred who come in from one address do not hold each other up", async () => {
    await db().pool.query("DELETE FROM signal.rate_limit");
    for (let count = 0; count < 110; count += 1) expect(await attempt(person)).toBeDefined();
  });
});

test("ten thousand keys of sessions are all different, and of 256 bits", () => {
  const tokens = Array.from({ length: 10_000 }, () => newToken("sess"));
  expect(new Set(tokens).size).toBe(10_000);
  expect(tokens.every((token) => Buffer.from(token.slice("sess_".length), "base64url").length === 32)).toBe(
    true,
  );
});
