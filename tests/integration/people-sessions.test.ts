import { expect, test } from "vitest";
import { readSession, startSession } from "@/lib/auth/session";
import { everywhere } from "@/lib/core/authz/role";
import { idleLimitMs } from "@/lib/core/authz/session-limits";
import { accountOf, withGrants } from "@/lib/db/users";
import { disablePerson } from "@/lib/services/users/disable-person";
import { endSession } from "@/lib/services/users/end-session";
import { endSessions } from "@/lib/services/users/end-sessions";
import { listSessions } from "@/lib/services/users/list-sessions";
import { addPerson, aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const administrator = aPerson(everywhere("administrator"));
const stale = { ...administrator, factorAt: undefined };

async function enter(userId: string, seenMsAgo = 0): Promise<string> {
  const row = await db().prisma.user.findUniqueOrThrow({ where: { id: userId }, include: withGrants });
  const now = new Date(Date.now() - seenMsAgo);
  const start = { account: accountOf(row), now, userAgent: "Firefox/130.0 (Windows)", address: "192.0.2.7" };
  const token = await startSession(start);
  await db().prisma.session.updateMany({ where: { mfaPassedAt: null }, data: { mfaPassedAt: now } });
  return token;
}

async function audited(): Promise<readonly unknown[]> {
  const { rows } = await db().pool.query(
    "SELECT entity_id, detail FROM signal.audit_leaf WHERE entity_type = 'session' AND actor_id = $1 AND outcome = 'success' ORDER BY id",
    [administrator.id],
  );
  return rows;
}

test("an administrator sees who is signed in, since when, where and by which browser; others do not", async () => {
  const ada = await addPerson(db(), everywhere("reporter"));
  await enter(ada.id);
  await enter(ada.id, idleLimitMs);
  const [open, locked] = await listSessions(administrator, { userId: ada.id });
  expect(open).toMatchObject({
    person: { id: ada.id, name: ada.name },
    userAgent: "Firefox/130.0 (Windows)",
    address: "192.0.2.7",
    state: "open",
  });
  expect(locked).toMatchObject({ state: "locked" });
  const officer = aPerson(everywhere("privacy-officer"));
  await expect(listSessions(officer, {})).rejects.toMatchObject({ code: "forbidden" });
});

test("ends one of them at once, after a fresh factor, on record", async () => {
  const person = await addPerson(db(), everywhere("reporter"));
  const [one, other] = [await enter(person.id), await enter(person.id)];
  const id = (await listSessions(administrator, { userId: person.id }))[0]?.id ?? "";
  const input = { id, userId: person.id };
  await expect(endSession(stale, input)).rejects.toMatchObject({ code: "step_up_required" });
  await endSession(administrator, input);
  const alive = [await readSession(one, new Date()), await readSession(other, new Date())];
  expect(alive.filter((live) => live !== undefined)).toHaveLength(1);
  await expect(endSession(administrator, input)).rejects.toMatchObject({ code: "not_found" });
  expect(await audited()).toEqual([{ entity_id: person.id, detail: { ended: 1 } }]);
});

test("does not end a session under the name of another person", async () => {
  const [person, other] = [
    await addPerson(db(), everywhere("reporter")),
    await addPerson(db(), everywhere("reporter")),
  ];
  const token = await enter(person.id);
  const id = (await listSessions(administrator, { userId: person.id }))[0]?.id ?? "";
  const end = endSession(administrator, { id, userId: other.id });
  await expect(end).rejects.toMatchObject({ code: "not_found" });
  expect(await readSession(token, new Date())).toBeDefined();
});

test("ends all of them, and those of nobody else", async () => {
  const [person, other] = [
    await addPerson(db(), everywhere("reporter")),
    await addPerson(db(), everywhere("reporter")),
  ];
  const tokens = [await enter(person.id), await enter(person.id)];
  const kept = await enter(other.id);
  await expect(endSessions(stale, { userId: person.id })).rejects.toMatchObject({ code: "step_up_required" });
  expect(await endSessions(administrator, { userId: person.id })).toEqual({ ended: 2 });
  for (const token of tokens) expect(await readSession(token, new Date())).toBeUndefined();
  expect(await readSession(kept, new Date())).toBeDefined();
  expect(await listSessions(administrator, { userId: person.id })).toEqual([]);
});

test("somebody disabled is signed in nowhere", async () => {
  const person = await addPerson(db(), everywhere("reporter"));
  await enter(person.id);
  await disablePerson(administrator, { userId: person.id });
  expect(await listSessions(administrator, { userId: person.id })).toEqual([]);
});
