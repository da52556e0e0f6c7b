import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readSession, startSession } from "@/lib/auth/session";
import { everywhere, type Grant, roles } from "@/lib/core/authz/role";
import { breakGlassMs, reviewDeadline } from "@/lib/core/disclosure/break-glass";
import { findLiveBreakGlass, insertBreakGlass } from "@/lib/db/break-glass";
import { inTransaction } from "@/lib/db/transaction";
import { accountOf, withGrants } from "@/lib/db/users";
import { breakGlass } from "@/lib/services/disclosure/break-glass";
import { endBreakGlass } from "@/lib/services/disclosure/end-break-glass";
import { judgeBreakGlass } from "@/lib/services/disclosure/judge-break-glass";
import { countBreakGlassToReview, readBreakGlassQueue } from "@/lib/services/disclosure/list-break-glass";
import { addPerson, aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const why = { reason: "patient-care", reasonText: "The stroke unit waits for the images." };
const inRadiology: readonly Grant[] = [{ role: "interface-analyst", department: "Radiology" }];

async function proven(grants: readonly Grant[]) {
  return { ...(await addPerson(db(), grants)), factorAt: new Date() };
}
async function linesOf(actor: { readonly id: string }) {
  const { rows } = await db().pool.query(
    `SELECT action, entity_type AS type, entity_id AS id, outcome, detail
     FROM signal.audit_leaf l WHERE actor_id = $1 AND entity_type = 'break-glass' ORDER BY l.id`,
    [actor.id],
  );
  return rows;
}
/** A use that began at an instant, as the table keeps it. */
async function usedAt(userId: string, startedAt: Date): Promise<string> {
  const id = randomUUID();
  const use = { id, userId, reason: "patient-care", reasonText: "written by a test", startedAt };
  const expiresAt = new Date(startedAt.getTime() + breakGlassMs);
  const reviewDue = reviewDeadline(startedAt, "UTC");
  await inTransaction((tx) => insertBreakGlass(tx, { ...use, expiresAt, reviewDue }));
  return id;
}

describe("breaking the glass", () => {
  test("opens messages everywhere to the person's sessions for 30 minutes, with one line in the trail", async () => {
    const person = await proven(inRadiology);
    const account = accountOf(
      await db().prisma.user.findUniqueOrThrow({ where: { id: person.id }, include: withGrants }),
    );
    const token = await startSession({
      account,
      now: new Date(),
      userAgent: undefined,
      address: undefined,
    });
    const untilOf = async (now: Date) => (await readSession(token, now))?.actor.breakGlassUntil;
    expect(await untilOf(new Date())).toBeUndefined();
    const { id, endsAt } = await breakGlass(person, why);
    expect(await untilOf(new Date())).toEqual(endsAt);
    const at = (ms: number) => findLiveBreakGlass(person.id, new Date(endsAt.getTime() + ms));
    expect(await at(-1)).toEqual({ id, endsAt });
    expect(await at(0)).toBeUndefined();
    expect(await linesOf(person)).toMatchObject([
      { action: "C", id, outcome: "success", detail: { reason: "patient-care" } },
    ]);
  });

  test("cannot be prolonged, neither later nor by two asks at once", async () => {
    const person = await proven(inRadiology);
    const asks = await Promise.allSettled([1, 2].map(() => breakGlass(person, why)));
    expect(asks.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(breakGlass(person, why)).rejects.toMatchObject({ code: "conflict" });
    expect(await linesOf(person)).toHaveLength(1);
  });

  test("needs a fresh second factor and a reason in words", async () => {
    const person = await addPerson(db(), inRadiology);
    const unproved = { ...person, factorAt: undefined };
    await expect(breakGlass(unproved, why)).rejects.toMatchObject({ code: "step_up_required" });
    const fresh = { ...person, factorAt: new Date() };
    await expect(breakGlass(fresh, { ...why, reasonText: "x" })).rejects.toMatchObject({
      code: "bad_request",
    });
  });

  test("is ended by the person at once, and then only once", async () => {
    const person = await proven(inRadiology);
    await breakGlass(person, why);
    await endBreakGlass(person, {});
    expect(await findLiveBreakGlass(person.id, new Date())).toBeUndefined();
    await expect(endBreakGlass(person, {})).rejects.toMatchObject({ code: "conflict" });
    expect((await linesOf(person)).map(({ action }) => action)).toEqual(["C", "U"]);
  });

  const may = ["administrator", "interface-analyst", "him-specialist", "clinical-reviewer"];
  test.each(roles)("by %s", async (role) => {
    const asked = breakGlass(await proven([{ role, department: undefined }]), why);
    if (may.includes(role)) expect(await asked).toBeDefined();
    else await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the review", () => {
  const judgement = { judgement: "not-justified", text: "There was no emergency." };

  test("waits from the first moment, is overdue after its deadline, and is given once by somebody else", async () => {
    const officer = await proven(everywhere("privacy-officer"));
    const person = await proven(inRadiology);
    const before = await countBreakGlassToReview(officer, {});
    const id = await usedAt(person.id, new Date(Date.now() - 7 * 86_400_000));
    const stateOf = async () => (await readBreakGlassQueue(officer, {})).find((use) => use.id === id)?.state;
    expect(await countBreakGlassToReview(officer, {})).toBe(before + 1);
    expect(await stateOf()).toBe("overdue");
    await judgeBreakGlass(officer, { id, ...judgement });
    expect(await stateOf()).toBe("not-justified");
    expect(await countBreakGlassToReview(officer, {})).toBe(before);
    await expect(judgeBreakGlass(officer, { id, ...judgement })).rejects.toMatchObject({ code: "conflict" });
    expect(await linesOf(officer)).toMatchObject([
      { action: "U", id, detail: { judgement: "not-justified" } },
    ]);
  });

  test("of one's own use is refused, and so is one that still runs", async () => {
    const admin = await proven(everywhere("administrator"));
    const own = await usedAt(admin.id, new Date(Date.now() - 3_600_000));
    await expect(judgeBreakGlass(admin, { id: own, ...judgement })).rejects.toMatchObject({
      code: "conflict",
    });
    const { id } = await breakGlass(await proven(inRadiology), why);
    await expect(judgeBreakGlass(admin, { id, ...judgement })).rejects.toMatchObject({ code: "conflict" });
  });

  test("says when the same person did it again within a day", async () => {
    const officer = await proven(everywhere("privacy-officer"));
    const person = await proven(inRadiology);
    const first = await usedAt(person.id, new Date(Date.now() - 10 * 3_600_000));
    const second = await usedAt(person.id, new Date(Date.now() - 2 * 3_600_000));
    const queue = await readBreakGlassQueue(officer, {});
    const repeated = (id: string) => queue.find((use) => use.id === id)?.isRepeated;
    expect([repeated(first), repeated(second)]).toEqual([false, true]);
  });

  test.each(roles)("is not for %s unless they watch over privacy", async (role) => {
    const asked = readBreakGlassQueue(aPerson(everywhere(role)), {});
    if (role === "privacy-officer" || role === "administrator") expect(await asked).toBeDefined();
    else await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("the application can add an end and a judgement once, and change nothing else", async () => {
  const person = await proven(inRadiology);
  const { id } = await breakGlass(person, why);
  for (const change of ["expires_at = expires_at + interval '1 second'", "reason_text = 'something else'"]) {
    await expect(
      db().pool.query(`UPDATE signal.break_glass SET ${change} WHERE id = $1`, [id]),
    ).rejects.toThrow("permission denied");
  }
  await expect(db().pool.query("DELETE FROM signal.break_glass")).rejects.toThrow("permission denied");
  await endBreakGlass(person, {});
  await expect(
    db().pool.query("UPDATE signal.break_glass SET ended_at = NULL WHERE id = $1", [id]),
  ).rejects.toThrow("given once");
});
