import { beforeAll, describe, expect, test } from "vitest";
import { addPasskey, askForNewPasskey } from "@/lib/auth/add-passkey";
import { confirmTotp, offerTotp, type TotpOffer } from "@/lib/auth/enrol-totp";
import { removePasskey } from "@/lib/auth/my-passkeys";
import { passSecondFactor } from "@/lib/auth/pass-second-factor";
import { askForPasskey } from "@/lib/auth/prove-passkey";
import { type LiveSession, readSession, startSession } from "@/lib/auth/session";
import { passkeyLimitMs } from "@/lib/auth/webauthn";
import { everywhere } from "@/lib/core/authz/role";
import { totpCode } from "@/lib/crypto/totp";
import { accountOf, withGrants } from "@/lib/db/users";
import { resetFactors } from "@/lib/services/users/reset-factors";
import { aPasskey, type SoftwarePasskey } from "@/tests/support/passkey";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const home = { origin: "http://localhost:3000", rpId: "localhost" };
const start = new Date("2025-03-10T12:00:00.000Z");
const later = (ms: number) => new Date(start.getTime() + ms);
let ada: { readonly id: string; readonly email: string };
let key: SoftwarePasskey;

/** A session after its password. */
async function enter(userId: string, now = start): Promise<LiveSession> {
  const account = await db().prisma.user.findUniqueOrThrow({ where: { id: userId }, include: withGrants });
  return read(
    await startSession({ account: accountOf(account), now, userAgent: "test", address: "::1" }),
    now,
  );
}

async function read(token: string, now = start): Promise<LiveSession> {
  const live = await readSession(token, now);
  if (live === undefined) throw new Error("The session must live.");
  return live;
}

/** Makes a passkey for a session in an honest browser. */
async function register(live: LiveSession, passkey: SoftwarePasskey, now = start) {
  const answer = passkey.create(await askForNewPasskey(live, now));
  return addPasskey(live, { name: "Key", answer, now });
}

type Lie = Parameters<SoftwarePasskey["sign"]>[1];

async function prove(live: LiveSession, passkey: SoftwarePasskey, lie?: Lie): Promise<string> {
  const proof = passkey.sign(await askForPasskey(live, start), lie);
  return passSecondFactor(live, { kind: "passkey", proof, now: start });
}

async function trail(what: string, outcome: string): Promise<number> {
  const { rows } = await db().pool.query(
    "SELECT 1 FROM signal.audit_leaf WHERE permission = 'second-factor' AND detail->>'what' = $1 AND outcome = $2",
    [what, outcome],
  );
  return rows.length;
}

beforeAll(async () => {
  ada = await addPerson(db(), everywhere("administrator"));
  key = aPasskey(home);
});

describe("a new passkey", () => {
  test("as the first factor passes the session, comes with recovery codes, and is on record", async () => {
    const live = await enter(ada.id);
    const made = await register(live, key);
    expect(made.recoveryCodes).toHaveLength(10);
    expect((await read(made.token)).session).toMatchObject({ mfaPassedAt: start, mfaKind: "passkey" });
    expect(await trail("new-passkey", "success")).toBe(1);
  });

  test("is not made by a session that owes a factor it could prove", async () => {
    const live = await enter(ada.id);
    await expect(askForNewPasskey(live, start)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("needs a factor from the last five minutes beside earlier ones, and brings no new recovery codes", async () => {
    const passed = await read(await prove(await enter(ada.id), key));
    const stale = askForNewPasskey(passed, later(5 * 60_000 + 1));
    await expect(stale).rejects.toMatchObject({ code: "step_up_required" });
    expect((await register(passed, aPasskey(home))).recoveryCodes).toEqual([]);
    expect(await trail("not-fresh", "denied")).toBe(1);
  });

  test.each<[string, Lie]>([
    ["another origin", { origin: "http://localhost:4000" }],
    ["another site", { rpId: "example.org" }],
    ["a person who was not verified", { isUserVerified: false }],
  ])("is refused from %s", async (_, lie) => {
    const live = await read(await prove(await enter(ada.id), key));
    const before = await db().prisma.passkey.count();
    const answer = aPasskey(home).create(await askForNewPasskey(live, start), lie);
    const end = addPasskey(live, { name: "Key", answer, now: start });
    await expect(end).rejects.toMatchObject({ code: "bad_request" });
    expect(await db().prisma.passkey.count()).toBe(before);
  });

  test("is refused when somebody has it already", async () => {
    const other = await addPerson(db(), everywhere("reporter"));
    await expect(register(await enter(other.id), key)).rejects.toMatchObject({ code: "conflict" });
    expect(await db().prisma.recoveryCode.count({ where: { userId: other.id } })).toBe(0);
  });

  test("does not answer a challenge that was meant to be proved", async () => {
    const live = await read(await prove(await enter(ada.id), key));
    const answer = aPasskey(home).create(await askForPasskey(live, start));
    const end = addPasskey(live, { name: "Key", answer, now: start });
    await expect(end).rejects.toMatchObject({ code: "bad_request" });
  });

  test("of two first ones at once, one is kept", async () => {
    const { id } = await addPerson(db(), everywhere("reporter"));
    const contenders = await Promise.all([enter(id), enter(id)]);
    const ends = await Promise.allSettled(contenders.map((live) => register(live, aPasskey(home))));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("an authenticator app beside a passkey", () => {
  const confirm = (live: LiveSession, { sealed, secret }: TotpOffer, now = start) =>
    confirmTotp(live, { sealed, code: totpCode({ secret, now }), now });

  test("is added after a fresh factor, and changes neither session nor recovery codes", async () => {
    const { id } = await addPerson(db(), everywhere("reporter"));
    const made = await register(await enter(id), aPasskey(home));
    const live = await read(made.token);
    const stale = offerTotp(live, later(5 * 60_000 + 1));
    await expect(stale).rejects.toMatchObject({ code: "step_up_required" });
    expect(await confirm(live, await offerTotp(live, start))).toEqual({
      token: undefined,
      recoveryCodes: [],
    });
    expect((await read(made.token)).session.mfaKind).toBe("passkey");
    expect(await db().prisma.totpFactor.count({ where: { userId: id } })).toBe(1);
    expect(await db().prisma.recoveryCode.count({ where: { userId: id } })).toBe(10);
  });

  test("is not added by a password alone, not even by an offer from before the passkey", async () => {
    const { id } = await addPerson(db(), everywhere("reporter"));
    const thief = await enter(id);
    const offer = await offerTotp(thief, start);
    await register(await enter(id), aPasskey(home));
    await expect(confirm(thief, offer)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(offerTotp(thief, start)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await db().prisma.totpFactor.count({ where: { userId: id } })).toBe(0);
  });
});

describe("proving", () => {
  test("a passkey passes the session and gives it another token; the one before opens nothing", async () => {
    const live = await enter(ada.id);
    const before = await trail("passkey", "success");
    const passed = await read(await prove(live, key));
    expect(passed.session.mfaKind).toBe("passkey");
    expect(passed.session.tokenHash).not.toEqual(live.session.tokenHash);
    expect(await trail("passkey", "success")).toBe(before + 1);
  });

  test.each<[string, Lie]>([
    ["another origin", { origin: "https://signalbox.example.net" }],
    ["the same host at another port", { origin: "http://localhost:4000" }],
    ["another site", { rpId: "example.org" }],
    ["another key", { isForged: true }],
    ["a person who was not verified", { isUserVerified: false }],
  ])("is refused from %s, on record", async (_, lie) => {
    const live = await enter(ada.id);
    const before = await trail("passkey", "failure");
    await expect(prove(live, key, lie)).rejects.toMatchObject({ code: "bad_request" });
    expect(await trail("passkey", "failure")).toBe(before + 1);
    expect(await prove(live, key)).toMatch(/^sess_/);
  });

  test("a counter that went back or stood still is refused as a copy, and on record as one", async () => {
    const own = aPasskey(home);
    const { id } = await addPerson(db(), everywhere("reporter"));
    const { token } = await register(await enter(id), own);
    await prove(await read(token), own, { signCount: 7 });
    for (const signCount of [6, 7, 0]) {
      const end = prove(await enter(id), own, { signCount });
      await expect(end).rejects.toMatchObject({ code: "bad_request" });
    }
    expect(await trail("passkey-rollback", "failure")).toBe(3);
    expect(await prove(await enter(id), own, { signCount: 8 })).toMatch(/^sess_/);
  });

  test("a key that never counts is taken", async () => {
    const own = aPasskey(home);
    const { id } = await addPerson(db(), everywhere("reporter"));
    await register(await enter(id), own);
    for (const _ of [1, 2]) expect(await prove(await enter(id), own, { signCount: 0 })).toMatch(/^sess_/);
  });

  test("somebody else's passkey proves nothing", async () => {
    const other = await addPerson(db(), everywhere("reporter"));
    const own = aPasskey(home);
    await register(await enter(other.id), own);
    const proof = own.sign(await askForPasskey(await enter(ada.id), start));
    const end = passSecondFactor(await enter(ada.id), { kind: "passkey", proof, now: start });
    await expect(end).rejects.toMatchObject({ code: "bad_request" });
    await expect(prove(await enter(ada.id), own)).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("a challenge", () => {
  test("counts for five minutes", async () => {
    for (const [afterMs, counts] of [
      [passkeyLimitMs - 1, true],
      [passkeyLimitMs, false],
    ] as const) {
      const live = await enter(ada.id);
      const proof = key.sign(await askForPasskey(live, start));
      const end = passSecondFactor(live, { kind: "passkey", proof, now: later(afterMs) });
      if (counts) expect(await end).toMatch(/^sess_/);
      else await expect(end).rejects.toMatchObject({ code: "bad_request" });
    }
  });

  test("is answered once, also when the answer was wrong and when two answer at once", async () => {
    const live = await enter(ada.id);
    const options = await askForPasskey(live, start);
    const wrong = { kind: "passkey", proof: key.sign(options, { isForged: true }), now: start } as const;
    await expect(passSecondFactor(live, wrong)).rejects.toMatchObject({ code: "bad_request" });
    const right = { kind: "passkey", proof: key.sign(options), now: start } as const;
    await expect(passSecondFactor(live, right)).rejects.toMatchObject({ code: "bad_request" });

    const proof = key.sign(await askForPasskey(live, start));
    const both = [1, 2].map(() => passSecondFactor(live, { kind: "passkey", proof, now: start }));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("of another session counts for nothing, of the same person neither", async () => {
    const proof = key.sign(await askForPasskey(await enter(ada.id), start));
    const end = passSecondFactor(await enter(ada.id), { kind: "passkey", proof, now: start });
    await expect(end).rejects.toMatchObject({ code: "bad_request" });
  });

  test("that nobody gave counts for nothing", async () => {
    const live = await enter(ada.id);
    const proof = key.sign({ challenge: Buffer.alloc(32, 1).toString("base64url") });
    const end = passSecondFactor(live, { kind: "passkey", proof, now: start });
    await expect(end).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("removal", () => {
  test("takes one of several; the last factor stays, also when two go at once", async () => {
    const { id: userId } = await addPerson(db(), everywhere("reporter"));
    const { token } = await register(await enter(userId), aPasskey(home));
    await register(await read(token), aPasskey(home));
    const [one, two] = await db().prisma.passkey.findMany({ where: { userId } });
    const remove = (id = "") => removePasskey({ id, userId, now: start });
    const ends = await Promise.allSettled([remove(one?.id), remove(two?.id)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db().prisma.passkey.count({ where: { userId } })).toBe(1);
    expect(await trail("passkey-removed", "success")).toBe(1);
  });

  test("of somebody else's passkey finds none", async () => {
    const { id } = await db().prisma.passkey.findFirstOrThrow({ where: { userId: ada.id } });
    const { id: userId } = await addPerson(db(), everywhere("reporter"));
    await expect(removePasskey({ id, userId, now: start })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a reset takes passkeys away too", async () => {
    await resetFactors({ kind: "system", name: "cli" }, { email: ada.email });
    expect(await db().prisma.passkey.count({ where: { userId: ada.id } })).toBe(0);
  });
});
