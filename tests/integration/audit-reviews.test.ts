import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "@/lib/core/audit/canonical-json";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { reviewPeriods } from "@/lib/core/audit/review-period";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { countReviews } from "@/lib/services/audit-reviews/count-reviews";
import { judgeLine } from "@/lib/services/audit-reviews/judge-line";
import { listReviews } from "@/lib/services/audit-reviews/list-reviews";
import { openReview } from "@/lib/services/audit-reviews/open-review";
import { readReview } from "@/lib/services/audit-reviews/read-review";
import { removeAccess } from "@/lib/services/audit-reviews/remove-access";
import { signReview } from "@/lib/services/audit-reviews/sign-review";
import { asOwner, withInstallation } from "@/tests/support/backups";
import { addPerson } from "@/tests/support/people";

const place = withInstallation();
const zone = "UTC";
type Person = Extract<Actor, { kind: "user" }>;
let [officer, admin, reader, worker]: (Person | undefined)[] = [];

const someone = (person: Person | undefined): Person => {
  if (person === undefined) throw new Error("People exist only inside tests.");
  return person;
};
const week = () => {
  const [period] = reviewPeriods({ kind: "activity", now: new Date(), zone });
  if (period === undefined) throw new Error("There is always a week before this one.");
  return period;
};
/** Tuesday noon of the week under review, and so many minutes later. */
const at = (minutes: number) => new Date(week().from.getTime() + (36 * 60 + minutes) * 60_000);

async function aLine(over: Partial<AuditLeaf>): Promise<void> {
  const leaf: AuditLeaf = {
    at: at(0),
    actorKind: "user",
    actorId: "x",
    action: "R",
    permission: "message.unmask",
    entityType: "message-values",
    entityId: "1.1.1",
    outcome: "success",
    detail: {},
    requestId: randomUUID(),
    ...over,
  };
  await inTransaction((tx) => appendAudit(tx, leaf));
}

async function anOpening(personId: string, minutes: number, signs?: Record<string, Json>): Promise<void> {
  const grant = randomUUID();
  await aLine({ actorId: personId, at: at(minutes), detail: { grant } });
  if (signs === undefined) return;
  await aLine({
    actorKind: "system",
    actorId: "disclosure",
    at: at(minutes),
    entityType: "disclosure-signs",
    entityId: grant,
    detail: signs,
  });
}

const lastLine = async () =>
  (
    await asOwner<{ detail: unknown; entity_type: string }>(
      place(),
      "SELECT entity_type, detail FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    )
  )[0];

beforeAll(async () => {
  const { db } = place();
  officer = await addPerson(db, everywhere("privacy-officer"));
  admin = await addPerson(db, everywhere("administrator"));
  reader = await addPerson(db, everywhere("him-specialist"));
  worker = await addPerson(db, everywhere("interface-analyst"));
  await anOpening(reader.id, 0, { isSameSurname: true, isSameName: false, isFlagged: false });
  await anOpening(worker.id, 5, { isSameSurname: false, isSameName: false, isFlagged: false });
  await aLine({ actorId: worker.id, at: at(20), action: "U", entityType: "interface", entityId: "1" });
  // The officer's own opening, at midnight of a Tuesday: somebody else has to judge it.
  await anOpening(officer.id, -12 * 60);
  await aLine({ actorId: officer.id, at: at(-11 * 60), action: "U", entityType: "interface" });
});

describe("the weekly review", () => {
  let id = "";

  test("is offered for weeks that are over, and opens with what a rule names", async () => {
    const before = await listReviews(someone(officer), { zone });
    expect(before.toOpen.find(({ kind }) => kind === "activity")?.period).toEqual(week());
    ({ id } = await openReview(someone(officer), { kind: "activity", from: week().from, zone }));
    const review = await readReview(someone(officer), { id });
    expect(review.covered).toEqual({ lines: 7, people: 3, openings: 3, openingsWithName: 2 });
    const found = review.lines.map(({ personId, rules }) => ({ personId, rules }));
    expect(found).toEqual([
      { personId: someone(officer).id, rules: ["off-hours"] },
      { personId: someone(reader).id, rules: ["same-surname", "without-later-act"] },
    ]);
  });

  test("is opened once for a week, also from another zone, and for no other time", async () => {
    const again = (from: Date, of = zone) => openReview(someone(admin), { kind: "activity", from, zone: of });
    await expect(again(week().from)).rejects.toMatchObject({ code: "conflict" });
    const [tokyo] = reviewPeriods({ kind: "activity", now: new Date(), zone: "Asia/Tokyo" });
    await expect(again(tokyo?.from ?? week().from, "Asia/Tokyo")).rejects.toMatchObject({ code: "conflict" });
    await expect(again(new Date(week().from.getTime() + 1))).rejects.toMatchObject({ code: "bad_request" });
    await expect(again(week().to)).rejects.toMatchObject({ code: "bad_request" });
  });

  test("is judged line by line, by nobody about themselves, with a note where something follows", async () => {
    const judge = (who: Person | undefined, position: number, judgement: string, note = "") =>
      judgeLine(someone(who), { id, position, judgement, note });
    await expect(judge(officer, 0, "fine")).rejects.toMatchObject({ code: "conflict" });
    await expect(judge(officer, 1, "follow-up")).rejects.toMatchObject({ code: "bad_request" });
    await expect(judge(officer, 1, "confirmed")).rejects.toMatchObject({ code: "conflict" });
    await judge(officer, 1, "follow-up", "Asked the head of the department.");
    expect(await lastLine()).toEqual({
      entity_type: "audit-review",
      detail: { line: 1, judgement: "follow-up" },
    });
    await expect(signReview(someone(officer), { id })).rejects.toMatchObject({ code: "conflict" });
    await judge(admin, 0, "fine");
  });

  test("is signed by a privacy officer once all is judged, and then stays as it is", async () => {
    await expect(signReview(someone(admin), { id })).rejects.toMatchObject({ code: "forbidden" });
    const stale = { ...someone(officer), factorAt: new Date(0) };
    await expect(signReview(stale, { id })).rejects.toMatchObject({ code: "step_up_required" });
    await signReview(someone(officer), { id });
    await expect(signReview(someone(officer), { id })).rejects.toMatchObject({ code: "conflict" });
    const judged = judgeLine(someone(admin), { id, position: 1, judgement: "fine" });
    await expect(judged).rejects.toMatchObject({ code: "conflict" });
    const list = await listReviews(someone(officer), { zone });
    expect(list.reviews[0]).toMatchObject({
      id,
      lines: 2,
      linesJudged: 2,
      linesToFollowUp: 1,
      signed: { by: someone(officer).name },
    });
  });

  test.each([
    ["change a signed line", "UPDATE signal.audit_review_line SET note = 'x'"],
    ["unsign", "UPDATE signal.audit_review SET signed_at = NULL, signed_by = NULL"],
    ["delete a line", "DELETE FROM signal.audit_review_line"],
    ["change a subject", "UPDATE signal.audit_review_line SET subject = '{}'"],
    ["delete a review", "DELETE FROM signal.audit_review"],
  ])("cannot be tampered with by the product's own role: %s", async (_what, statement) => {
    await expect(place().db.pool.query(statement)).rejects.toThrow();
  });
});

describe("the quarterly review of access", () => {
  let id = "";
  const lineOf = async (kind: string, personId?: string) => {
    const { lines } = await readReview(someone(admin), { id });
    const line = lines.find(({ subject, ...one }) => subject.kind === kind && one.personId === personId);
    if (line === undefined) throw new Error("There is no such line.");
    return line;
  };

  test("lists people, roles, tokens and clients with their last use", async () => {
    const { db } = place();
    const source = await db.prisma.source.create({ data: { kind: "push", name: "Lab", config: {} } });
    await db.prisma.accessToken.create({
      data: {
        sourceId: source.id,
        name: "feed",
        tokenHash: Buffer.from("1"),
        hint: "x",
        scopes: [],
        createdBy: "t",
      },
    });
    await db.prisma.apiClient.create({
      data: { name: "siem", scopes: [], secretHash: Buffer.from("2"), createdBy: "t" },
    });
    const [quarter] = reviewPeriods({ kind: "access", now: new Date(), zone });
    ({ id } = await openReview(someone(admin), { kind: "access", from: quarter?.from, zone }));
    const { lines } = await readReview(someone(admin), { id });
    const count = (kind: string) => lines.filter(({ subject }) => subject.kind === kind).length;
    expect([count("account"), count("role")]).toEqual([4, 4]);
    expect((await lineOf("token")).rules).toEqual(["never-used", "no-expiry"]);
    expect((await lineOf("client")).rules).toEqual(["never-used", "no-expiry"]);
    const subject = (await lineOf("account", someone(worker).id)).subject;
    expect(subject).toMatchObject({ lastUsedAt: at(20) });
  });

  test("takes access away by the verbs that always do, with their rights, and notes it", async () => {
    const { position } = await lineOf("role", someone(worker).id);
    await expect(removeAccess(someone(officer), { id, position })).rejects.toMatchObject({
      code: "forbidden",
    });
    await removeAccess(someone(admin), { id, position });
    expect(await place().db.prisma.roleGrant.count({ where: { userId: someone(worker).id } })).toBe(0);
    expect((await lineOf("role", someone(worker).id)).judged).toMatchObject({ judgement: "removed" });
    const again = judgeLine(someone(officer), { id, position, judgement: "confirmed" });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });

  test("notes what is gone already, and takes nobody's own access", async () => {
    const token = await lineOf("token");
    await asOwner(place(), "UPDATE public.access_token SET revoked_at = now()");
    await removeAccess(someone(admin), { id, position: token.position });
    expect((await lineOf("token")).judged).toMatchObject({ judgement: "removed" });
    const own = await lineOf("account", someone(admin).id);
    await expect(removeAccess(someone(admin), { id, position: own.position })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("reviews that wait", () => {
  const waits = () => countReviews(someone(officer), { zone });

  test("are those that nobody signed; weeks from before the trail began wait for nobody", async () => {
    const before = await waits();
    const { toOpen } = await listReviews(someone(officer), { zone });
    const older = toOpen.find(({ kind }) => kind === "activity");
    const { id } = await openReview(someone(officer), { kind: "activity", from: older?.period.from, zone });
    expect(await waits()).toBe(before + 1);
    await signReview(someone(officer), { id });
    expect(await waits()).toBe(before);
  });

  test("say whether anybody else may judge, and anybody sign", async () => {
    const [review] = (await listReviews(someone(officer), { zone })).reviews;
    const read = () => readReview(someone(officer), { id: review?.id });
    expect(await read()).toMatchObject({ hasOtherJudge: true, hasSigner: true });
    await place().db.prisma.user.updateMany({
      where: { id: { not: someone(officer).id } },
      data: { disabledAt: new Date() },
    });
    expect(await read()).toMatchObject({ hasOtherJudge: false, hasSigner: true });
    await place().db.prisma.roleGrant.deleteMany({ where: { role: "privacy-officer" } });
    expect(await read()).toMatchObject({ hasOtherJudge: false, hasSigner: false });
  });
});

test("reviews are closed to whoever works with patients", async () => {
  await expect(listReviews(someone(reader), { zone })).rejects.toMatchObject({ code: "forbidden" });
});
