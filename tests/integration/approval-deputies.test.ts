import { beforeEach, describe, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { approve } from "@/lib/services/approvals/approve";
import { decline } from "@/lib/services/approvals/decline";
import { endDeputy, nameDeputy } from "@/lib/services/approvals/name-deputy";
import { readInbox } from "@/lib/services/approvals/read-inbox";
import { grantRole } from "@/lib/services/users/grant-role";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
type Person = Awaited<ReturnType<typeof addPerson>>;
let asker: Person;
let approver: Person;
let deputy: Person;
let other: Person;

beforeEach(async () => {
  await db().prisma.user.deleteMany();
  asker = await addPerson(db(), everywhere("administrator"));
  approver = await addPerson(db(), everywhere("administrator"));
  deputy = { ...(await addPerson(db(), everywhere("interface-analyst"))), isDeputy: true };
  other = await addPerson(db(), []);
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const name = (by: Person, days = 3) => nameDeputy(by, { deputyId: deputy.id, until: inDays(days) });

async function ask(by: Person, userId = other.id): Promise<string> {
  const answer = await grantRole(by, { userId, role: "him-specialist" });
  if (answer.kind !== "asked") throw new Error("A second person must be asked.");
  return answer.approvalId;
}

describe("a deputy", () => {
  test("decides in the place of whoever named them, on record for both", async () => {
    await name(approver);
    const id = await ask(asker);
    expect((await readInbox(deputy, {})).waiting[0]).toMatchObject({
      whyNot: undefined,
      asDeputyOf: approver.name,
    });
    expect(await approve(deputy, { id })).toMatchObject({ outcome: "approved" });
    expect((await readInbox(deputy, {})).decided[0]).toMatchObject({
      decidedBy: deputy.name,
      decidedFor: approver.name,
    });
  });

  test("does not decide on what the approver asked for, nor on what is about either of them", async () => {
    await name(approver);
    const own = await ask(approver);
    await expect(approve(deputy, { id: own })).rejects.toMatchObject({ code: "forbidden" });
    const aboutDeputy = await ask(asker, deputy.id);
    await expect(approve(deputy, { id: aboutDeputy })).rejects.toMatchObject({ code: "forbidden" });
    await addPerson(db(), everywhere("administrator"));
    const aboutApprover = await ask(asker, approver.id);
    await expect(decline(deputy, { id: aboutApprover, reason: "no" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("decides no more once it ended, ran out, or the approver lost the right or the account", async () => {
    const id = await ask(asker);
    const refused = () => expect(approve(deputy, { id })).rejects.toMatchObject({ code: "forbidden" });
    await name(approver);
    await endDeputy(approver, {});
    await refused();
    await name(approver);
    await db().prisma.approvalDeputy.updateMany({
      data: { fromAt: new Date(Date.now() - 2_000), untilAt: new Date(Date.now() - 1_000) },
    });
    await refused();
    await name(approver);
    await db().prisma.user.update({ where: { id: approver.id }, data: { disabledAt: new Date() } });
    await refused();
    await db().prisma.user.update({ where: { id: approver.id }, data: { disabledAt: null } });
    await db().prisma.roleGrant.deleteMany({ where: { userId: approver.id } });
    await refused();
  });

  test("is one at a time, another person, and for a month at most", async () => {
    await expect(nameDeputy(approver, { deputyId: approver.id, until: inDays(1) })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(name(approver, 40)).rejects.toMatchObject({ code: "conflict" });
    await expect(name(approver, -1)).rejects.toMatchObject({ code: "conflict" });
    await name(approver);
    await nameDeputy(approver, { deputyId: other.id, until: inDays(1) });
    expect((await readInbox(asker, {})).deputies).toMatchObject([{ deputy: { name: other.name } }]);
  });

  test("of whoever asked is refused by the database itself", async () => {
    const id = await ask(asker);
    const decided = db().prisma.approval.update({
      where: { id },
      data: {
        outcome: "approved",
        decidedAt: new Date(),
        decidedById: deputy.id,
        decidedForId: asker.id,
      },
    });
    await expect(decided).rejects.toThrow("approval_decided_for_check");
  });
});
