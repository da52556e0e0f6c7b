import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { OutgoingNotice, Plan } from "@/lib/core/notice/schema";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { insertShifts, saveTeamRow } from "@/lib/db/on-call";
import { savePolicyRow } from "@/lib/db/on-call-policies";
import { inTransaction } from "@/lib/db/transaction";
import { escalateNotices } from "@/lib/jobs/escalate";
import { aNotice } from "@/tests/support/notices";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date();
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const run = (at: Date) => escalateNotices.run({ signal: new AbortController().signal, now: () => at });
const by = { by: "test", now, isNew: true } as const;

beforeEach(async () => {
  for (const table of ["notice_outbox", "escalation_step", "on_call_team", "escalation_policy"]) {
    await db().pool.query(`DELETE FROM signal.${table}`);
  }
});

async function addTeam(department?: string): Promise<string> {
  const id = randomUUID();
  const team = { id, name: id, department, zone: "Europe/Berlin" };
  await inTransaction((tx) => saveTeamRow(tx, { ...team, ...by }));
  return id;
}

async function onCall(teamId: string, from: number, until: number): Promise<string> {
  const { id: userId } = await addPerson(db(), []);
  const shift = { userId, from: minutes(from), until: minutes(until), isOverride: false };
  await inTransaction((tx) => insertShifts(tx, { teamId, shifts: [shift], ...by }));
  return userId;
}

async function keepPlan(plan: Plan): Promise<void> {
  const policy = { id: randomUUID(), name: "all", department: undefined, plan };
  await inTransaction((tx) => savePolicyRow(tx, { ...policy, ...by }));
}

async function raise(over: Partial<OutgoingNotice> = {}): Promise<OutgoingNotice> {
  const notice = aNotice({ raisedAt: now, ...over });
  await inTransaction((tx) => raiseNotice(tx, notice));
  return notice;
}

async function told(): Promise<readonly (string | null)[]> {
  const { rows } = await db().pool.query<{ user: string | null }>(
    `SELECT user_id::text AS "user" FROM signal.notice_delivery ORDER BY created_at, step, user_id`,
  );
  return rows.map(({ user }) => user);
}

const team = (id: string) => ({ kind: "team", id }) as const;

async function twoTeams() {
  const [first, second] = [await addTeam(), await addTeam()];
  await keepPlan({
    steps: [{ afterMinutes: 0, targets: [team(first)] }],
    lastResort: { afterMinutes: 15, targets: [team(second)] },
    repeats: 0,
    repeatAfterMinutes: 60,
  });
  return { first, second };
}

describe("an incident that was opened", () => {
  test("is told to whoever is on call, and after a quarter of an hour to the last resort", async () => {
    const { first, second } = await twoTeams();
    const [a, b] = [await onCall(first, -60, 60), await onCall(second, -60, 60)];
    await onCall(first, 60, 120);
    await raise();
    await run(now);
    expect(await told()).toEqual([a]);
    await run(minutes(14));
    await run(minutes(15));
    await run(minutes(300));
    expect(await told()).toEqual([a, b]);
  });

  test("falls through a gap at once, and through people who cannot sign in any more", async () => {
    const { first, second } = await twoTeams();
    const gone = await onCall(first, -60, 60);
    await db().prisma.user.update({ where: { id: gone }, data: { disabledAt: now } });
    const b = await onCall(second, -60, 60);
    await raise();
    await run(now);
    expect(await told()).toEqual([b]);
    const { rows } = await db().pool.query("SELECT step, told FROM signal.escalation_step ORDER BY step");
    expect(rows).toEqual([
      { step: 0, told: 0 },
      { step: 1, told: 1 },
    ]);
  });

  test.each(["incident_acknowledged", "incident_resolved"] as const)(
    "is told no further after %s, also by the same tick",
    async (kind) => {
      const { first, second } = await twoTeams();
      const a = await onCall(first, -60, 60);
      await onCall(second, -60, 60);
      const { incidentId } = await raise();
      await run(now);
      await raise({ incidentId, kind });
      await run(minutes(20));
      const everybody = kind === "incident_resolved" ? [a, a] : [a];
      expect(await told()).toEqual(everybody);
    },
  );

  test("of two workers at once takes each step once", async () => {
    const { first } = await twoTeams();
    const a = await onCall(first, -60, 60);
    for (let i = 0; i < 5; i++) await raise();
    await Promise.all([run(now), run(now), run(now)]);
    expect(await told()).toEqual([a, a, a, a, a]);
  });

  test("goes to administrators where no policy was made", async () => {
    const { id } = await addPerson(db(), [{ role: "administrator", department: undefined }]);
    await raise();
    await run(now);
    expect(await told()).toContain(id);
  });

  test("goes by the policy of its department", async () => {
    const { first } = await twoTeams();
    await onCall(first, -60, 60);
    const radiology = await addTeam("Radiology");
    const own = await onCall(radiology, -60, 60);
    const lastResort = { afterMinutes: 0, targets: [{ kind: "department", name: "Radiology" } as const] };
    const plan = { steps: [], lastResort, repeats: 0, repeatAfterMinutes: 60 };
    const policy = { id: randomUUID(), name: "own", department: "Radiology", plan };
    await inTransaction((tx) => savePolicyRow(tx, { ...policy, ...by }));
    await raise({ department: "Radiology" });
    await run(now);
    expect(await told()).toEqual([own]);
  });
});
