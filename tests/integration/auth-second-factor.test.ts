import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { confirmTotp, offerTotp } from "@/lib/auth/enrol-totp";
import { passSecondFactor } from "@/lib/auth/pass-second-factor";
import { type LiveSession, readSession, startSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { accountOf, withGrants } from "@/lib/db/users";
import { createAdministrator } from "@/lib/services/setup/create-administrator";
import { resetFactors } from "@/lib/services/users/reset-factors";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const person = { name: "Ada Admin", email: "ada@example.org", password: "four unrelated words here" };
let secret = "";
let recoveryCodes: readonly string[] = [];
// Every test moves the clock on, so that no code was used by the one before.
let clock = new Date();
const nextStep = () => {
  clock = new Date(clock.getTime() + 90_000);
  return clock;
};

function codeAt(now: Date, of = secret): string {
  return new TOTP({ secret: Secret.fromBase32(of) }).generate({ timestamp: now.getTime() });
}

async function enter(now: Date, address = "192.0.2.7"): Promise<{ token: string; live: LiveSession }> {
  const done = await signIn({ credentials: person, address, userAgent: "test", now });
  const token = done?.token ?? "";
  const live = await readSession(token, now);
  if (live === undefined) throw new Error("The session must live.");
  return { token, live };
}

async function trail(outcome: string, what: string): Promise<number> {
  const { rows } = await db().pool.query(
    "SELECT 1 FROM signal.audit_leaf WHERE permission = 'second-factor' AND outcome = $1 AND detail->>'what' = $2",
    [outcome, what],
  );
  return rows.length;
}

beforeAll(async () => {
  await createAdministrator({ kind: "system", name: "test" }, person);
});

describe("enrolment", () => {
  test("a wrong code, an old offer and the offer of nobody make no factor", async () => {
    const { live } = await enter(clock);
    const offer = await offerTotp(live, clock);
    const late = new Date(clock.getTime() + 15 * 60_000 + 1);
    const wrong = { sealed: offer.sealed, code: "no code", now: clock };
    await expect(confirmTotp(live, wrong)).rejects.toMatchObject({ code: "bad_request" });
    const old = { sealed: offer.sealed, code: codeAt(late, offer.secret), now: late };
    await expect(confirmTotp(live, old)).rejects.toMatchObject({ code: "bad_request" });
    const foreign = { sealed: "k1.AAAA", code: codeAt(clock, offer.secret), now: clock };
    await expect(confirmTotp(live, foreign)).rejects.toMatchObject({ code: "bad_request" });
    expect(await db().prisma.totpFactor.count()).toBe(0);
    expect(await trail("failure", "enrolment")).toBe(1);
  });

  test("the right code makes the factor, passes the session and gives it a new token", async () => {
    const { token, live } = await enter(clock);
    const offer = await offerTotp(live, clock);
    const code = codeAt(clock, offer.secret);
    const made = await confirmTotp(live, { sealed: offer.sealed, code, now: clock });
    ({ secret } = offer);
    ({ recoveryCodes } = made);
    expect(await readSession(token, clock)).toBeUndefined();
    expect((await readSession(made.token ?? "", clock))?.session.mfaPassedAt).toEqual(clock);
    expect(await trail("success", "enrolment")).toBe(1);
    const again = await enter(clock);
    const same = { kind: "totp", code, now: clock } as const;
    await expect(passSecondFactor(again.live, same)).rejects.toMatchObject({ code: "bad_request" });
  });

  test("there is no second one beside it, and none for whoever has given a password alone", async () => {
    const { live } = await enter(clock);
    await expect(offerTotp(live, clock)).rejects.toMatchObject({ code: "unauthenticated" });
    const passed = { ...live, session: { ...live.session, mfaPassedAt: clock } };
    const proved = { ...passed, actor: { ...live.actor, factorAt: clock } };
    await expect(offerTotp(proved, clock)).rejects.toMatchObject({ code: "conflict" });
  });

  test("neither secret nor recovery codes are kept in clear", async () => {
    const kept = await db().prisma.totpFactor.findFirstOrThrow();
    expect(Buffer.from(kept.ciphertext).includes(secret)).toBe(false);
    const hashes = await db().prisma.recoveryCode.findMany();
    expect(hashes.map(({ codeHash }) => codeHash.length)).toEqual(Array.from({ length: 10 }, () => 32));
  });
});

describe("passing", () => {
  test("a password alone leaves the factor owed; the code gives another token, and the old one opens nothing", async () => {
    const now = nextStep();
    const { token, live } = await enter(now);
    expect(live.session.mfaPassedAt).toBeUndefined();
    const passed = await passSecondFactor(live, { kind: "totp", code: codeAt(now), now });
    expect(await readSession(token, now)).toBeUndefined();
    expect((await readSession(passed, now))?.session.mfaPassedAt).toEqual(now);
  });

  test("of two that send one code at once exactly one passes, 500 times", { timeout: 240_000 }, async () => {
    const before = await trail("success", "totp");
    const { id } = await db().prisma.user.findFirstOrThrow();
    for (let round = 0; round < 500; round += 1) {
      const now = nextStep();
      const contenders = await Promise.all([aSession(id, now), aSession(id, now)]);
      const answer = { kind: "totp", code: codeAt(now), now } as const;
      const ends = await Promise.allSettled(contenders.map((live) => passSecondFactor(live, answer)));
      expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
    expect((await trail("success", "totp")) - before).toBe(500);
  });

  test("a recovery code works once, also for two at once", async () => {
    const now = nextStep();
    const { id } = await db().prisma.user.findFirstOrThrow();
    const contenders = await Promise.all([aSession(id, now), aSession(id, now)]);
    const answer = { kind: "recovery-code", code: recoveryCodes[0] ?? "", now } as const;
    const ends = await Promise.allSettled(contenders.map((live) => passSecondFactor(live, answer)));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const later = await aSession(id, now);
    await expect(passSecondFactor(later, answer)).rejects.toMatchObject({ code: "bad_request" });
    expect(await trail("success", "recovery-code")).toBe(1);
  });

  test("guessing codes is slowed down for the guesser's address alone, and audited", async () => {
    const now = nextStep();
    const { live } = await enter(now, "192.0.2.66");
    const guess = { kind: "totp", code: "not a code", now } as const;
    for (let count = 0; count < 10; count += 1) {
      await expect(passSecondFactor(live, guess)).rejects.toMatchObject({ code: "bad_request" });
    }
    const right = { kind: "totp", code: codeAt(now), now } as const;
    await expect(passSecondFactor(live, right)).rejects.toMatchObject({ code: "rate_limited" });
    expect(await trail("failure", "throttled")).toBe(1);
    const elsewhere = await enter(now, "192.0.2.99");
    expect(await passSecondFactor(elsewhere.live, right)).toMatch(/^sess_/);
  });
});

describe("too many wrong codes", () => {
  test("after 100 in a row from wherever only a reset helps; a right one before starts the count anew", async () => {
    const now = nextStep();
    const { id } = await db().prisma.user.findFirstOrThrow();
    const guess = { kind: "totp", code: "not a code", now } as const;
    const guessFrom = async (place: number) =>
      passSecondFactor(await aSession(id, now, `198.51.100.${place}`), guess);
    await expect(guessFrom(200)).rejects.toMatchObject({ code: "bad_request" });
    const right = { kind: "totp", code: codeAt(now), now } as const;
    expect(await passSecondFactor(await aSession(id, now), right)).toMatch(/^sess_/);

    for (let count = 0; count < 100; count += 1) {
      await expect(guessFrom(Math.floor(count / 10))).rejects.toMatchObject({ code: "bad_request" });
    }
    const later = nextStep();
    const good = { kind: "totp", code: codeAt(later), now: later } as const;
    const elsewhere = await aSession(id, later, "203.0.113.1");
    await expect(passSecondFactor(elsewhere, good)).rejects.toMatchObject({ code: "forbidden" });
    expect(await trail("failure", "exhausted")).toBe(1);
  });

  test("a reset takes the factors away, ends every session, is audited, and lets new ones be set up", async () => {
    const now = nextStep();
    const { token } = await enter(now);
    const system = { kind: "system", name: "cli" } as const;
    const reset = await resetFactors(system, { email: " ADA@example.org " });
    expect(reset.endedSessions).toBeGreaterThan(0);
    expect(await readSession(token, now)).toBeUndefined();
    expect([
      await db().prisma.totpFactor.count(),
      await db().prisma.totpUse.count(),
      await db().prisma.recoveryCode.count(),
    ]).toEqual([0, 0, 0]);
    const { rows } = await db().pool.query(
      "SELECT actor_id, outcome FROM signal.audit_leaf WHERE entity_type = 'second-factor' AND action = 'D'",
    );
    expect(rows).toEqual([{ actor_id: "cli", outcome: "success" }]);

    const { live } = await enter(now, "203.0.113.2");
    const offer = await offerTotp(live, now);
    const made = await confirmTotp(live, { sealed: offer.sealed, code: codeAt(now, offer.secret), now });
    expect(made.recoveryCodes).toHaveLength(10);
    ({ secret } = offer);
  });

  test("a reset of nobody is told, and needs the right", async () => {
    const system = { kind: "system", name: "cli" } as const;
    const nobody = { email: "nobody@example.org" };
    await expect(resetFactors(system, nobody)).rejects.toMatchObject({ code: "not_found" });
    const feed = { kind: "source", sourceId: 1, tokenId: "t", scopes: ["signalbox/ingest.write"] } as const;
    await expect(resetFactors(feed, nobody)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("uses of codes are kept for a day and no longer", async () => {
  const { id } = await db().prisma.user.findFirstOrThrow();
  const first = nextStep();
  const isFirstKept = async () => {
    const step = BigInt(Math.floor(first.getTime() / 30_000));
    return (await db().prisma.totpUse.count({ where: { step } })) === 1;
  };
  for (const [afterMs, isKept] of [
    [0, true],
    [86_400_000, true],
    [86_430_000, false],
  ] as const) {
    const now = new Date(first.getTime() + afterMs);
    await passSecondFactor(await aSession(id, now), { kind: "totp", code: codeAt(now), now });
    expect(await isFirstKept()).toBe(isKept);
  }
});

/** A session after its password, without the cost of hashing one. */
async function aSession(userId: string, now: Date, address = "::1"): Promise<LiveSession> {
  const account = await db().prisma.user.findUniqueOrThrow({ where: { id: userId }, include: withGrants });
  const token = await startSession({ account: accountOf(account), now, userAgent: "test", address });
  const live = await readSession(token, now);
  if (live === undefined) throw new Error("The session must live.");
  return live;
}
