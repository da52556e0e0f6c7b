import { beforeAll, describe, expect, test } from "vitest";
import { addPasskey, askForNewPasskey } from "@/lib/auth/add-passkey";
import { askForPasskey } from "@/lib/auth/prove-passkey";
import {
  absoluteLimitMs,
  endSession,
  idleLimitMs,
  type LiveSession,
  noteUse,
  readLockedSession,
  readSession,
} from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { unlockSession } from "@/lib/auth/unlock";
import { createAdministrator } from "@/lib/services/setup/create-administrator";
import { aPasskey } from "@/tests/support/passkey";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const person = { name: "Ada Admin", email: "ada@example.org", password: "four unrelated words here" };
const key = aPasskey({ origin: "http://localhost:3000", rpId: "localhost" });
const start = new Date("2025-03-10T12:00:00.000Z");
const later = (ms: number) => new Date(start.getTime() + ms);
const idle = later(idleLimitMs);
let recoveryCodes: readonly string[] = [];

async function enter(): Promise<string> {
  const done = await signIn({ credentials: person, address: "192.0.2.7", userAgent: "test", now: start });
  return done?.token ?? "";
}

async function locked(token: string, now = idle): Promise<LiveSession> {
  const live = await readLockedSession(token, now);
  if (live === undefined) throw new Error("The session must be locked.");
  return live;
}

/** The token of a session whose second factor was proved at `start`. */
async function enterWhole(): Promise<string> {
  const token = await enter();
  await db().prisma.session.updateMany({
    where: { mfaPassedAt: null },
    data: { mfaPassedAt: start, mfaKind: "passkey" },
  });
  return token;
}

beforeAll(async () => {
  await createAdministrator({ kind: "system", name: "test" }, person);
  const live = await readSession(await enter(), start);
  if (live === undefined) throw new Error("The session must live.");
  const answer = key.create(await askForNewPasskey(live, start));
  ({ recoveryCodes } = await addPasskey(live, { name: "Key", answer, now: start }));
});

describe("a session without use", () => {
  test("opens until a millisecond before 30 minutes, and is locked from then on", async () => {
    const token = await enterWhole();
    expect(await readSession(token, later(idleLimitMs - 1))).toBeDefined();
    expect(await readLockedSession(token, later(idleLimitMs - 1))).toBeUndefined();
    expect(await readSession(token, idle)).toBeUndefined();
    expect(await readLockedSession(token, idle)).toBeDefined();
  });

  test("is kept open by hands, not by being read", async () => {
    const token = await enterWhole();
    for (const minute of [5, 15, 25]) await readSession(token, later(minute * 60_000));
    expect(await readLockedSession(token, idle)).toBeDefined();
    const used = await enterWhole();
    const live = await readSession(used, later(20 * 60_000));
    if (live !== undefined) await noteUse(live, later(20 * 60_000));
    expect(await readSession(used, idle)).toBeDefined();
  });

  test("is over, not locked, before its second factor, after twelve hours, when ended and when its account is disabled", async () => {
    expect(await readLockedSession(await enter(), idle)).toBeUndefined();
    const token = await enterWhole();
    expect(await readLockedSession(token, later(absoluteLimitMs - 1))).toBeDefined();
    expect(await readLockedSession(token, later(absoluteLimitMs))).toBeUndefined();
    await db().prisma.user.updateMany({ data: { disabledAt: start } });
    expect(await readLockedSession(token, idle)).toBeUndefined();
    await db().prisma.user.updateMany({ data: { disabledAt: null } });
    await endSession(token, idle);
    expect(await readLockedSession(token, idle)).toBeUndefined();
  });
});

describe("unlocking", () => {
  test("takes one passkey, gives another token, and the one before opens nothing", async () => {
    const token = await enterWhole();
    const live = await locked(token);
    const proof = key.sign(await askForPasskey(live, idle));
    const opened = await unlockSession(live, { answer: { kind: "passkey", proof }, password: "", now: idle });
    expect(await readSession(opened, later(2 * idleLimitMs - 1))).toBeDefined();
    expect(await readLockedSession(token, idle)).toBeUndefined();
  });

  test("takes a passkey only where it has verified its person", async () => {
    const live = await locked(await enterWhole());
    const proof = key.sign(await askForPasskey(live, idle), { isUserVerified: false });
    const end = unlockSession(live, { answer: { kind: "passkey", proof }, password: "", now: idle });
    await expect(end).rejects.toMatchObject({ code: "bad_request" });
  });

  test("takes a code only with the password, and does not say which was wrong", async () => {
    const token = await enterWhole();
    const live = await locked(token);
    const right = { kind: "recovery-code", code: recoveryCodes[0] ?? "" } as const;
    const wrong = { kind: "recovery-code", code: "not a code" } as const;
    const ends = await Promise.allSettled([
      unlockSession(live, { answer: right, password: "", now: idle }),
      unlockSession(live, { answer: right, password: "not the password", now: idle }),
      unlockSession(live, { answer: wrong, password: person.password, now: idle }),
    ]);
    const said = ends.map((end) => (end.status === "rejected" ? String(end.reason) : "opened"));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toContain("Password and code");
    const opened = await unlockSession(live, { answer: right, password: person.password, now: idle });
    expect(await readSession(opened, idle)).toBeDefined();
  });
});
