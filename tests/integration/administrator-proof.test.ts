import { expect, test } from "vitest";
import { addPasskey, askForNewPasskey } from "@/lib/auth/add-passkey";
import { passSecondFactor } from "@/lib/auth/pass-second-factor";
import { askForPasskey } from "@/lib/auth/prove-passkey";
import { recoveryCodeHash } from "@/lib/auth/recovery-codes";
import { type LiveSession, readSession, startSession } from "@/lib/auth/session";
import { everywhere } from "@/lib/core/authz/role";
import { replaceRecoveryCodes } from "@/lib/db/second-factors";
import { inTransaction } from "@/lib/db/transaction";
import { accountOf, withGrants } from "@/lib/db/users";
import { readAdministratorProof } from "@/lib/services/sign-in-rules/read-administrator-proof";
import { setAdministratorProof } from "@/lib/services/sign-in-rules/set-administrator-proof";
import { listUsers } from "@/lib/services/users/list-users";
import { aPasskey } from "@/tests/support/passkey";
import { addPerson, aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const key = aPasskey({ origin: "http://localhost:3000", rpId: "localhost" });
const other = aPerson(everywhere("administrator"));

async function read(token: string): Promise<LiveSession> {
  const live = await readSession(token, new Date());
  if (live === undefined) throw new Error("The session must live.");
  return live;
}

async function enter(userId: string): Promise<LiveSession> {
  const row = await db().prisma.user.findUniqueOrThrow({ where: { id: userId }, include: withGrants });
  const start = { account: accountOf(row), now: new Date(), userAgent: "test", address: "::1" };
  return read(await startSession(start));
}

/** A session that was proved by a recovery code. */
async function enterByCode(userId: string): Promise<LiveSession> {
  const code = `code-of-${userId}`;
  const now = new Date();
  await inTransaction((tx) => replaceRecoveryCodes(tx, { userId, hashes: [recoveryCodeHash(code)], now }));
  return read(await passSecondFactor(await enter(userId), { kind: "recovery-code", code, now }));
}

async function denials(): Promise<number> {
  const { rows } = await db().pool.query("SELECT 1 FROM signal.audit_leaf WHERE outcome = 'denied'");
  return rows.length;
}

test("is off on this machine, is turned on by an administrator with a fresh factor, and is on record", async () => {
  expect(await readAdministratorProof(other, {})).toEqual({ isOn: false, isDefault: true, isPossible: true });
  const stale = { ...other, factorAt: undefined };
  await expect(setAdministratorProof(stale, { isOn: true })).rejects.toMatchObject({
    code: "step_up_required",
  });
  const analyst = aPerson(everywhere("interface-analyst"));
  await expect(setAdministratorProof(analyst, { isOn: true })).rejects.toMatchObject({ code: "forbidden" });
  await setAdministratorProof(other, { isOn: true });
  expect(await readAdministratorProof(other, {})).toEqual({ isOn: true, isDefault: false, isPossible: true });
  const { rows } = await db().pool.query(
    "SELECT actor_id, detail FROM signal.audit_leaf WHERE entity_type = 'setting' AND outcome = 'success'",
  );
  expect(rows).toEqual([{ actor_id: other.id, detail: { isOn: true } }]);
});

test("an administrator who came in by a code has no powers of one, is told which factor is asked for, and may add it", async () => {
  const { id } = await addPerson(db(), everywhere("administrator", "committee-member"));
  const live = await enterByCode(id);
  expect(live.actor).toMatchObject({
    grants: everywhere("committee-member"),
    withheld: everywhere("administrator"),
  });
  const before = await denials();
  await expect(listUsers(live.actor, {})).rejects.toMatchObject({
    code: "step_up_required",
    info: { factor: "passkey" },
  });
  expect(await denials()).toBe(before + 1);

  const now = new Date();
  const answer = key.create(await askForNewPasskey(live, now));
  const { token } = await addPasskey(live, { name: "Key", answer, now });
  expect(await listUsers((await read(token)).actor, {})).not.toEqual([]);
});

test("once there is a passkey, a code alone neither gives powers nor adds another passkey", async () => {
  const { id } = await db().prisma.user.findFirstOrThrow({ where: { passkeys: { some: {} } } });
  const live = await enterByCode(id);
  await expect(listUsers(live.actor, {})).rejects.toMatchObject({ code: "step_up_required" });
  await expect(askForNewPasskey(live, new Date())).rejects.toMatchObject({
    code: "step_up_required",
    info: { factor: "passkey" },
  });
  const now = new Date();
  const proof = key.sign(await askForPasskey(live, now));
  const { actor } = await read(await passSecondFactor(live, { kind: "passkey", proof, now }));
  expect(await listUsers(actor, {})).not.toEqual([]);
});

test("others are not held to it", async () => {
  const { id } = await addPerson(db(), everywhere("privacy-officer"));
  expect((await enterByCode(id)).actor).toMatchObject({
    grants: everywhere("privacy-officer"),
    withheld: [],
  });
});

test("turned off, it bites with the next request no longer", async () => {
  const { id } = await db().prisma.user.findFirstOrThrow({ where: { passkeys: { some: {} } } });
  const { actor } = await enterByCode(id);
  expect(actor.withheld).not.toEqual([]);
  await setAdministratorProof(other, { isOn: false });
  expect((await enterByCode(id)).actor.withheld).toEqual([]);
});
