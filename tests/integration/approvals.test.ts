import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { settleApprovals } from "@/lib/jobs/settle-approvals";
import { approve } from "@/lib/services/approvals/approve";
import { countInbox } from "@/lib/services/approvals/count-inbox";
import { decline } from "@/lib/services/approvals/decline";
import { markNoticesSeen } from "@/lib/services/approvals/mark-notices-seen";
import { readInbox } from "@/lib/services/approvals/read-inbox";
import { withdraw } from "@/lib/services/approvals/withdraw";
import { disablePerson } from "@/lib/services/users/disable-person";
import { grantRole } from "@/lib/services/users/grant-role";
import { takeRole } from "@/lib/services/users/take-role";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const HOUR_MS = 3_600_000;
type Person = Awaited<ReturnType<typeof addPerson>>;
let asker: Person;
let second: Person;
let other: Person;
let officer: Person;

beforeEach(async () => {
  await db().prisma.notice.deleteMany();
  await db().prisma.user.deleteMany();
  asker = await addPerson(db(), everywhere("administrator"));
  second = await addPerson(db(), everywhere("administrator"));
  officer = await addPerson(db(), everywhere("privacy-officer"));
  other = await addPerson(db(), []);
});

async function ask(role = "interface-analyst", department = ""): Promise<string> {
  const answer = await grantRole(asker, { userId: other.id, role, department });
  if (answer.kind !== "asked") throw new Error("A second person must be asked.");
  return answer.approvalId;
}

const held = () => db().prisma.roleGrant.findMany({ where: { userId: other.id }, select: { role: true } });

async function outcome(id: string) {
  return (await db().prisma.approval.findUniqueOrThrow({ where: { id } })).outcome;
}

async function trailOf(entityId: string): Promise<readonly unknown[]> {
  const { rows } = await db().pool.query(
    "SELECT actor_id, outcome, detail FROM signal.audit_leaf WHERE entity_id = $1 ORDER BY id",
    [entityId],
  );
  return rows;
}

describe("a role that discloses patient data", () => {
  test("is given only when a second person approves, who reads what exactly will happen", async () => {
    const id = await ask("interface-analyst", "Radiology");
    expect(await held()).toEqual([]);
    expect(await countInbox(second, {})).toEqual({ toDecide: 1, unseen: 0 });
    const [request] = (await readInbox(second, {})).waiting;
    expect(request?.sentences[0]).toBe(`${other.name} is given the role interface analyst in Radiology.`);
    expect(request).toMatchObject({ requester: asker.name, isOwn: false, whyNot: undefined });

    expect(await approve(second, { id, reason: "on call" })).toMatchObject({ outcome: "approved" });

    expect(await held()).toEqual([{ role: "interface-analyst" }]);
    expect(await outcome(id)).toBe("approved");
    expect(await trailOf(id)).toMatchObject([
      { actor_id: asker.id, detail: { asked: "interface-analyst", department: "Radiology", granted: null } },
      { actor_id: second.id, detail: { outcome: "approved", reason: "on call", userId: other.id } },
    ]);
  });

  test("is put before privacy officers for their information until they have seen it", async () => {
    await approve(second, { id: await ask() });
    expect(await countInbox(officer, {})).toEqual({ toDecide: 0, unseen: 1 });
    const [notice] = (await readInbox(officer, {})).notices;
    expect(notice?.sentence).toContain(`asked for by ${asker.name}, approved by ${second.name}`);
    expect(await markNoticesSeen(officer, {})).toBe(1);
    expect(await countInbox(officer, {})).toEqual({ toDecide: 0, unseen: 0 });
    expect(await countInbox(second, {})).toMatchObject({ unseen: 1 });
  });

  test("is asked for once at a time", async () => {
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: "conflict" });
  });

  test("is given at once by the only administrator, on record as one alone", async () => {
    await disablePerson(asker, { userId: second.id });
    const answer = await grantRole(asker, { userId: other.id, role: "administrator" });
    expect(answer).toEqual({ kind: "granted", isByOneAlone: true });
    expect(await trailOf(other.id)).toMatchObject([
      { detail: { granted: "administrator", byOneAlone: true } },
    ]);
    const [notice] = (await readInbox(officer, {})).notices;
    expect(notice?.sentence).toContain("without a second person");
    // From now on there are two.
    const further = await addPerson(db(), []);
    expect(await grantRole(asker, { userId: further.id, role: "him-specialist" })).toMatchObject({
      kind: "asked",
    });
  });

  test("is not waited for by a role that discloses nothing", async () => {
    expect(await grantRole(asker, { userId: other.id, role: "reporter" })).toEqual({
      kind: "granted",
      isByOneAlone: false,
    });
    expect((await readInbox(officer, {})).notices).toEqual([]);
  });
});

describe("a request", () => {
  const decisions: readonly (readonly [string, (actor: Actor, id: string) => Promise<unknown>])[] = [
    ["approve", (actor, id) => approve(actor, { id })],
    ["decline", (actor, id) => decline(actor, { id, reason: "no" })],
  ];

  test.each(decisions)("cannot be decided by whoever asked: %s", async (_, decide) => {
    const id = await ask();
    await expect(decide(asker, id)).rejects.toMatchObject({ code: "forbidden" });
    expect((await readInbox(asker, {})).waiting).toMatchObject([{ isOwn: true, whyNot: expect.any(String) }]);
    expect(await countInbox(asker, {})).toMatchObject({ toDecide: 0 });
  });

  test.each(decisions)("cannot be decided by whom it is about: %s", async (_, decide) => {
    const third = await addPerson(db(), everywhere("administrator"));
    const answer = await grantRole(asker, { userId: third.id, role: "him-specialist" });
    const id = answer.kind === "asked" ? answer.approvalId : "";
    await expect(decide(third, id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await decide(second, id)).toBeDefined();
  });

  test.each(decisions)("cannot be decided without the right to: %s", async (_, decide) => {
    const id = await ask();
    await expect(decide(officer, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(decide(other, id)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("has a second person even against the program: the database refuses", async () => {
    const id = await ask();
    const data = { outcome: "approved", decidedAt: new Date(), decidedById: asker.id };
    await expect(db().prisma.approval.update({ where: { id }, data })).rejects.toThrow();
    await expect(
      db().prisma.approval.update({ where: { id }, data: { ...data, decidedById: null } }),
    ).rejects.toThrow();
    expect(await outcome(id)).toBeNull();
  });

  test("of two who approve at once is carried out once", async () => {
    const third = await addPerson(db(), everywhere("administrator"));
    const id = await ask();
    const answers = await Promise.allSettled([approve(second, { id }), approve(third, { id })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db().prisma.notice.count()).toBe(1);
  });

  test("that is declined changes nothing and tells why", async () => {
    const id = await ask();
    await expect(decline(second, { id, reason: " " })).rejects.toMatchObject({ code: "bad_request" });
    await decline(second, { id, reason: "not in this team" });
    expect(await held()).toEqual([]);
    expect((await readInbox(asker, {})).decided).toMatchObject([
      { outcome: "declined", reason: "not in this team", decidedBy: second.name },
    ]);
    await expect(approve(second, { id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("is taken back by whoever asked, and by nobody else", async () => {
    const id = await ask();
    await expect(withdraw(second, { id })).rejects.toMatchObject({ code: "forbidden" });
    await withdraw(asker, { id });
    expect(await outcome(id)).toBe("withdrawn");
  });

  test.each([
    ["lost the role", () => takeRole(second, { userId: asker.id, role: "administrator" })],
    ["been disabled", () => disablePerson(second, { userId: asker.id })],
  ] as const)("is void when whoever asked has %s since", async (_, lose) => {
    const id = await ask();
    await lose();
    expect(await approve(second, { id })).toMatchObject({ outcome: "void", why: expect.any(String) });
    expect(await held()).toEqual([]);
    expect(await outcome(id)).toBe("void");
  });

  test("is void when the person was disabled since", async () => {
    const id = await ask();
    await disablePerson(second, { userId: other.id });
    expect(await approve(second, { id })).toMatchObject({ outcome: "void" });
    expect(await held()).toEqual([]);
  });
});

describe("a request that nobody answers", () => {
  const pass = (hours: number) => {
    const at = new Date(Date.now() + hours * HOUR_MS);
    return settleApprovals.run({ signal: new AbortController().signal, now: () => at });
  };

  test("is pointed out after half its time, once, and ends undone after 72 hours", async () => {
    const id = await ask();
    await pass(35);
    expect((await readInbox(second, {})).waiting).toMatchObject([{ id, isEscalated: false }]);
    await pass(37);
    await pass(38);
    expect((await readInbox(second, {})).waiting).toMatchObject([{ id, isEscalated: true }]);
    await pass(73);
    expect(await outcome(id)).toBe("expired");
    expect(await held()).toEqual([]);
    expect(await trailOf(id)).toMatchObject([
      { detail: { asked: "interface-analyst" } },
      { actor_id: "approvals", detail: { outcome: "escalated" } },
      { actor_id: "approvals", detail: { outcome: "expired" } },
    ]);
    await expect(approve(second, { id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("is refused when its time is over, even before the job has come by", async () => {
    const id = await ask();
    await db().prisma.approval.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    await expect(approve(second, { id })).rejects.toMatchObject({ code: "conflict" });
    expect((await readInbox(second, {})).waiting).toEqual([]);
    expect(await held()).toEqual([]);
  });
});
