import { beforeEach, describe, expect, test } from "vitest";
import { signIn } from "@/lib/auth/sign-in";
import { everywhere } from "@/lib/core/authz/role";
import { hashPassword } from "@/lib/crypto/password";
import { approve } from "@/lib/services/approvals/approve";
import { readInbox } from "@/lib/services/approvals/read-inbox";
import { settleOverdue } from "@/lib/services/approvals/settle-overdue";
import { changePeriod } from "@/lib/services/retention/change-period";
import { readRetention } from "@/lib/services/retention/read-retention";
import { mapGroup, unmapGroup } from "@/lib/services/sso/map-group";
import { markEmergency } from "@/lib/services/sso/mark-emergency";
import { readEmergencies, readGroupRoles } from "@/lib/services/sso/read-sign-in";
import { reviewEmergency } from "@/lib/services/sso/review-emergency";
import { askToResetFactors } from "@/lib/services/users/ask-to-reset-factors";
import { disablePerson } from "@/lib/services/users/disable-person";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
type Person = Awaited<ReturnType<typeof addPerson>>;
let asker: Person;
let second: Person;
let officer: Person;
let other: Person;

beforeEach(async () => {
  await db().prisma.notice.deleteMany();
  await db().prisma.groupRole.deleteMany();
  await db().prisma.user.deleteMany();
  asker = await addPerson(db(), everywhere("administrator"));
  second = await addPerson(db(), everywhere("administrator"));
  officer = await addPerson(db(), everywhere("privacy-officer"));
  other = await addPerson(db(), everywhere("reporter"));
});

const noticesOf = async (person: Person) =>
  (await readInbox(person, {})).notices.map(({ sentence }) => sentence);

async function lastLine(entityId: string): Promise<unknown> {
  const { rows } = await db().pool.query(
    "SELECT actor_id, action, outcome, detail FROM signal.audit_leaf WHERE entity_id = $1 ORDER BY id DESC LIMIT 1",
    [entityId],
  );
  return rows[0];
}

describe("letting a group stand for a role", () => {
  const toAnalyst = { group: "/it", role: "interface-analyst", department: "Radiology" };

  test("that may disclose patient data takes two people, and privacy officers are told", async () => {
    const answer = await mapGroup(asker, toAnalyst);
    if (answer.kind !== "asked") throw new Error("A second person must be asked.");
    expect((await readGroupRoles(asker, {})).mappings).toEqual([]);
    const [request] = (await readInbox(second, {})).waiting;
    expect(request?.sentences[0]).toBe(
      "Everybody in the group /it is given the role interface analyst in Radiology when they next sign in.",
    );
    await expect(approve(asker, { id: answer.approvalId })).rejects.toMatchObject({ code: "forbidden" });
    await approve(second, { id: answer.approvalId });
    expect((await readGroupRoles(asker, {})).mappings).toMatchObject([
      { ...toAnalyst, mappedBy: asker.name },
    ]);
    expect((await noticesOf(officer))[0]).toContain(`approved by ${second.name}`);
    await expect(mapGroup(asker, toAnalyst)).rejects.toMatchObject({ code: "conflict" });
  });

  test("that discloses nothing is done at once", async () => {
    expect(await mapGroup(asker, { group: "/staff", role: "reporter" })).toMatchObject({
      kind: "done",
      isByOneAlone: false,
    });
    expect(await noticesOf(officer)).toEqual([]);
  });

  test("ends for everybody who holds it by a group, at once, and for nobody else", async () => {
    await mapGroup(asker, { group: "/staff", role: "reporter" });
    const byGroup = await addPerson(db(), []);
    const grant = { userId: byGroup.id, role: "reporter", grantedBy: "single-sign-on" };
    await db().prisma.roleGrant.create({ data: grant });
    const [mapping] = (await readGroupRoles(asker, {})).mappings;
    await unmapGroup(asker, { id: mapping?.id });
    const held = await db().prisma.roleGrant.findMany({ where: { role: "reporter" } });
    expect(held.map(({ userId }) => userId)).toEqual([other.id]);
    expect(await lastLine(mapping?.id ?? "")).toMatchObject({ action: "D", detail: { people: 1 } });
  });
});

describe("a change of how long records are kept", () => {
  beforeEach(async () => {
    await db().prisma.setting.deleteMany();
  });
  const daysOf = async (kind: string) =>
    (await readRetention(officer, {})).find((row) => row.kind === kind)?.days;

  test("takes a second person, who reads what is deleted, and is told to privacy officers", async () => {
    const { approvalId: id } = await changePeriod(asker, { record: "deadLetters", days: 14 });
    expect(await daysOf("deadLetters")).toBe(35);
    const [request] = (await readInbox(second, {})).waiting;
    expect(request?.sentences).toEqual([
      "Dead letters, settled are kept for 14 days instead of 35.",
      "What is older is deleted within the next hour, but for what is on hold. It cannot be brought back.",
    ]);
    await expect(approve(asker, { id })).rejects.toMatchObject({ code: "forbidden" });
    await approve(second, { id });
    expect(await daysOf("deadLetters")).toBe(14);
    expect((await noticesOf(officer))[0]).toContain("are now kept for 14 days instead of 35");
  });

  test("does nothing when another change came first", async () => {
    const first = await changePeriod(asker, { record: "deadLetters", days: 14 });
    const later = await changePeriod(asker, { record: "deadLetters", days: 60 });
    await approve(second, { id: first.approvalId });
    expect(await approve(second, { id: later.approvalId })).toMatchObject({ outcome: "void" });
    expect(await daysOf("deadLetters")).toBe(14);
  });

  test.each([
    ["of messages, which is fixed", { record: "deliveries", days: 90 }, "bad_request"],
    ["below what rules ask for", { record: "externalAudit", days: 365 }, "bad_request"],
    ["below what pages compare over", { record: "hours", days: 395 }, "bad_request"],
    ["that figures are counted by", { record: "minutes", days: 60 }, "bad_request"],
    ["without a number", { record: "deadLetters", days: "x" }, "bad_request"],
    ["to what it is", { record: "deadLetters", days: 35 }, "conflict"],
  ])("is refused %s", async (_what, input, code) => {
    await expect(changePeriod(asker, input)).rejects.toMatchObject({ code });
  });

  test("is not to be had by one alone", async () => {
    await disablePerson(asker, { userId: second.id });
    await expect(changePeriod(asker, { record: "deadLetters", days: 14 })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a reset of factors", () => {
  const enrol = (userId: string) =>
    db().prisma.totpFactor.create({ data: { userId, keyId: "k1", ciphertext: new Uint8Array([1]) } });

  test("takes a second administrator, and is told of", async () => {
    await enrol(other.id);
    const { approvalId } = await askToResetFactors(asker, { userId: other.id });
    expect(await db().prisma.totpFactor.count()).toBe(1);
    await expect(approve(asker, { id: approvalId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await approve(second, { id: approvalId })).toMatchObject({ outcome: "approved" });
    expect(await db().prisma.totpFactor.count()).toBe(0);
    expect((await noticesOf(officer))[0]).toBe(
      `All second factors of ${other.name} were taken away: asked for by ${asker.name}, approved by ${second.name}.`,
    );
  });

  test("is never decided by whom it is about", async () => {
    await enrol(second.id);
    const { approvalId } = await askToResetFactors(asker, { userId: second.id }).catch(() => ({
      approvalId: undefined,
    }));
    // Nobody but these two could decide.
    expect(approvalId).toBeUndefined();
    expect(await db().prisma.totpFactor.count()).toBe(1);
  });

  test("is not to be had by one alone", async () => {
    await disablePerson(asker, { userId: second.id });
    await enrol(other.id);
    await expect(askToResetFactors(asker, { userId: other.id })).rejects.toMatchObject({ code: "conflict" });
    expect(await db().prisma.totpFactor.count()).toBe(1);
  });
});

describe("an unanswered request", () => {
  test("is told of when half of its time is over, and ends undone", async () => {
    const { approvalId: id } = await askToResetFactors(asker, { userId: other.id });
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    await settleOverdue(hours(37));
    expect(await noticesOf(officer)).toEqual([
      `A request of ${asker.name} waits too long for a second person: Reset second factors.`,
    ]);
    await settleOverdue(hours(38));
    expect(await noticesOf(officer)).toHaveLength(1);
    await settleOverdue(hours(73));
    expect((await readInbox(asker, {})).decided[0]).toMatchObject({ id, outcome: "expired" });
  });
});

describe("an emergency account", () => {
  const password = "four unrelated words here";
  const enter = (who: Person) =>
    signIn({
      credentials: { email: who.email, password },
      address: "192.0.2.7",
      userAgent: "test",
      now: new Date(),
    });

  test("alarms at every use, until another person has looked into it", async () => {
    await db().prisma.user.updateMany({ data: { passwordHash: await hashPassword(password) } });
    await markEmergency(asker, { userId: other.id, isKept: true });
    expect(await noticesOf(officer)).toEqual([
      `The account of ${other.name} is now kept for emergencies: changed by ${asker.name}.`,
    ]);
    expect(await enter(other)).toBeDefined();
    expect((await noticesOf(officer))[0]).toContain(`The emergency account of ${other.name} was used`);
    const { accounts, uses } = await readEmergencies(officer, {});
    expect(accounts).toEqual([{ id: other.id, name: other.name }]);
    expect(uses).toMatchObject([{ userId: other.id, address: "192.0.2.7", review: undefined }]);

    const review = { id: uses[0]?.id, text: "The provider was away from 02:00 to 03:00." };
    const self = { ...other, grants: everywhere("privacy-officer") };
    await expect(reviewEmergency(self, review)).rejects.toMatchObject({ code: "forbidden" });
    await reviewEmergency(officer, review);
    await expect(reviewEmergency(officer, review)).rejects.toMatchObject({ code: "conflict" });
    expect((await readEmergencies(officer, {})).uses[0]?.review).toMatchObject({ by: officer.name });
  });

  test("is a local one", async () => {
    await db().prisma.ssoIdentity.create({ data: { issuer: "i", subject: "s", userId: other.id } });
    await expect(markEmergency(asker, { userId: other.id, isKept: true })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("leaves uses that the application can neither change nor take back", async () => {
    await db().prisma.user.updateMany({ data: { passwordHash: await hashPassword(password) } });
    await markEmergency(asker, { userId: other.id, isKept: true });
    await enter(other);
    await expect(db().pool.query("UPDATE signal.emergency_use SET at = now()")).rejects.toThrow("denied");
    await expect(db().pool.query("DELETE FROM signal.emergency_use")).rejects.toThrow("denied");
  });

  test("that is not one alarms nobody", async () => {
    await db().prisma.user.updateMany({ data: { passwordHash: await hashPassword(password) } });
    await enter(other);
    expect(await noticesOf(officer)).toEqual([]);
  });
});
