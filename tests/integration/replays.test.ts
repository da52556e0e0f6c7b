import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { runReplays } from "@/lib/jobs/run-replays";
import { approve } from "@/lib/services/approvals/approve";
import { decline } from "@/lib/services/approvals/decline";
import { discardReplay } from "@/lib/services/replays/discard-replay";
import { draftReplay } from "@/lib/services/replays/draft-replay";
import { finishReplay } from "@/lib/services/replays/finish-replay";
import { listReplays } from "@/lib/services/replays/list-replays";
import { type ReplayView, readReplay } from "@/lib/services/replays/read-replay";
import { resumeReplay } from "@/lib/services/replays/resume-replay";
import { startReplay } from "@/lib/services/replays/start-replay";
import { stopReplay } from "@/lib/services/replays/stop-replay";
import { submitReplay } from "@/lib/services/replays/submit-replay";
import { switchReplay } from "@/lib/services/replays/switch-replay";
import { tickReplayItem } from "@/lib/services/replays/tick-item";
import { addPerson } from "@/tests/support/people";
import { type ReplayHospital, replayChannel, startReplayHospital } from "@/tests/support/replay-hospital";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
type Person = Awaited<ReturnType<typeof addPerson>>;
let analyst: Person;
let administrator: Person;
let hospital: ReplayHospital;

beforeAll(async () => {
  hospital = await startReplayHospital({ db });
});
afterAll(() => hospital.stop());
beforeEach(async () => {
  await db().prisma.user.deleteMany();
  analyst = await addPerson(db(), everywhere("interface-analyst"));
  administrator = await addPerson(db(), everywhere("administrator"));
  await switchReplay(administrator, { id: hospital.sourceId, isOn: true });
});

const tick = () => runReplays.run({ signal: new AbortController().signal, now: () => new Date() });

/** Lets the engine work, and reads what it did. */
async function readBack(): Promise<void> {
  hospital.wait(60_000);
  await hospital.read();
}

async function failures(
  count: number,
  over: Parameters<ReplayHospital["post"]>[0] = {},
): Promise<readonly number[]> {
  const ids = Array.from({ length: count }, () => {
    hospital.wait(1_000);
    return hospital.post(over);
  });
  await readBack();
  return ids;
}

async function draft(messageIds: readonly number[], metaDataId = 1): Promise<string> {
  const places = await Promise.all(messageIds.map((id) => hospital.place(id, metaDataId)));
  const { id } = await draftReplay(analyst, { id: randomUUID(), places: places.map(({ text }) => text) });
  await tick();
  return id;
}

const view = (id: string): Promise<ReplayView> => readReplay(analyst, { id });
const versionOf = async (id: string) => (await view(id)).run.version;
const statesOf = async (id: string) => (await view(id)).items.map(({ state }) => state);
const terms = { reason: "The laboratory was down and is back", perMinute: 600 };

async function submitted(messageIds: readonly number[]): Promise<string> {
  const id = await draft(messageIds);
  await submitReplay(analyst, { id, version: await versionOf(id), ...terms });
  return id;
}

async function started(messageIds: readonly number[]): Promise<string> {
  const id = await submitted(messageIds);
  await startReplay(analyst, { id, version: await versionOf(id) });
  return id;
}

/** How often the engine itself made a new message of one, to one destination. */
function sendings(messageId: number, metaDataId = 1): number {
  return hospital.engine
    .listMessages(replayChannel)
    .filter(
      ({ originalId, rows }) => originalId === messageId && rows.some((row) => row.metaDataId === metaDataId),
    ).length;
}

async function approvalOf(id: string): Promise<string> {
  return (await view(id)).run.approvalId ?? "";
}

describe("a replay", () => {
  test("sends what failed to the destination where it failed, reads back what became of it, and is done", async () => {
    const ids = await failures(3);
    const id = await started(ids);
    await tick();
    await readBack();
    await tick();
    await tick();
    expect(await statesOf(id)).toEqual(["delivered", "delivered", "delivered"]);
    expect((await view(id)).run.state).toBe("done");
    expect(ids.map((one) => [sendings(one), sendings(one, 2)])).toEqual(ids.map(() => [1, 0]));
  });

  test("leaves the figures of first attempts as they were", async () => {
    const first = `SELECT count(*) FILTER (WHERE first_outcome = 'failed')::int AS failed,
      count(*) FILTER (WHERE first_outcome = 'ok')::int AS ok FROM signal.delivery`;
    const ids = await failures(2);
    const before = (await db().pool.query(first)).rows[0];
    await started(ids);
    await tick();
    await readBack();
    const after = (await db().pool.query(first)).rows[0];
    // The new message came in well: that is its own arrival, and none of a destination.
    const onDestinations = `${first} d JOIN public.leg ON leg.id = d.leg_id WHERE leg.direction = 'destination'
      AND d.replay_of IS NOT NULL`;
    expect((await db().pool.query(onDestinations)).rows[0]).toEqual({ failed: 0, ok: 0 });
    expect(after).toMatchObject({ failed: before.failed });
  });

  test("chooses nothing that arrived or that waits at the engine", async () => {
    const [failed = 0] = await failures(1);
    const id = await draft([failed], 2);
    expect((await view(id)).items).toMatchObject([
      { verdict: "refused", causes: ["arrived"], isTaken: false },
    ]);
    await expect(submitReplay(analyst, { id, version: 0, ...terms })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("of a message that was sent again and arrived needs a person's tick and reason", async () => {
    const ids = await failures(1);
    await started(ids);
    await tick();
    await readBack();
    await tick();
    const id = await draft(ids);
    expect((await view(id)).items).toMatchObject([{ verdict: "cautious", causes: ["delivered_by_replay"] }]);
    expect((await view(id)).dryRun).toMatchObject({ messages: 0, deliveredBefore: 1 });
    await tickReplayItem(analyst, {
      id,
      version: 0,
      position: 0,
      reason: "The laboratory lost it afterwards",
    });
    expect((await view(id)).dryRun.messages).toBe(1);
    await submitReplay(analyst, { id, version: 0, ...terms });
  });

  test("leaves out what a later message of the same patient has overtaken", async () => {
    const [old = 0] = await failures(1, { patient: 900_001 });
    await failures(1, {
      patient: 900_001,
      wanted: { 0: { kind: "sent" }, 1: { kind: "sent" }, 2: { kind: "sent" } },
    });
    expect((await view(await draft([old]))).items).toMatchObject([
      { causes: ["superseded"], isTaken: false },
    ]);
  });

  test("of a message that is in another one is refused", async () => {
    const ids = await failures(1);
    const first = await submitted(ids);
    const second = await draft(ids);
    expect((await view(second)).items).toMatchObject([{ causes: ["in_other_replay"], isTaken: false }]);
    await discardReplay(analyst, { id: first, version: await versionOf(first) });
    expect((await view(second)).items).toMatchObject([{ causes: [], isTaken: true }]);
  });
});

describe("nothing is sent twice", () => {
  test("by double clicks, in two tabs, or by two workers at once", async () => {
    const ids = await failures(4);
    const places = await Promise.all(ids.map((one) => hospital.place(one)));
    const ask = { id: randomUUID(), places: places.map(({ text }) => text) };
    await Promise.all([draftReplay(analyst, ask), draftReplay(analyst, ask)]);
    await tick();
    const { id } = ask;
    await Promise.all([
      submitReplay(analyst, { id, version: 0, ...terms }),
      submitReplay(analyst, { id, version: 0, ...terms }),
    ]);
    await Promise.all([startReplay(analyst, { id, version: 1 }), startReplay(analyst, { id, version: 1 })]);
    await Promise.all([tick(), tick(), tick()]);
    hospital.wait(60_000);
    expect(ids.map((one) => sendings(one))).toEqual([1, 1, 1, 1]);
  });

  test("when the worker died while it sent: nobody knows, until it is read back", async () => {
    const ids = await failures(1);
    const id = await started(ids);
    await db().pool.query(
      `UPDATE signal.replay_item SET state = 'sending', sending_at = now() - interval '5 minutes' WHERE replay_id = $1`,
      [id],
    );
    await tick();
    expect(await statesOf(id)).toEqual(["unclear"]);
    await tick();
    expect(ids.map((one) => sendings(one))).toEqual([0]);
    expect((await view(await draft(ids))).items).toMatchObject([
      { verdict: "cautious", causes: ["ambiguous"] },
    ]);
  });

  test("whatever a program writes: the database refuses", async () => {
    const id = await submitted(await failures(1));
    const set = (state: string) =>
      db().pool.query(
        "UPDATE signal.replay_item SET state = $2, sending_at = CASE WHEN $2 = 'planned' THEN NULL ELSE now() END WHERE replay_id = $1",
        [id, state],
      );
    await set("sending");
    await set("unclear");
    await expect(set("planned")).rejects.toThrow(/at most once/);
    await expect(set("sending")).rejects.toThrow(/at most once/);
    await set("delivered");
    await expect(set("failed")).rejects.toThrow(/at most once/);
  });
});

describe("a person in charge", () => {
  test("stops it within one message, resumes it, and ends it with the rest left", async () => {
    const id = await started(await failures(3));
    await stopReplay(analyst, { id, version: await versionOf(id) });
    await tick();
    expect(await statesOf(id)).toEqual(["planned", "planned", "planned"]);
    await resumeReplay(analyst, { id, version: await versionOf(id) });
    await stopReplay(analyst, { id, version: await versionOf(id) });
    await finishReplay(analyst, { id, version: await versionOf(id) });
    expect(await statesOf(id)).toEqual(["left", "left", "left"]);
    await expect(resumeReplay(analyst, { id, version: await versionOf(id) })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("switches it off for a source, and it stops by itself", async () => {
    const id = await started(await failures(1));
    await switchReplay(administrator, { id: hospital.sourceId, isOn: false });
    await tick();
    expect((await view(id)).run).toMatchObject({ state: "stopped", stopCause: "switched_off" });
    expect(await statesOf(id)).toEqual(["planned"]);
  });

  test("holds it back after a restore until sending is released", async () => {
    const id = await started(await failures(1));
    await db().pool.query(
      `INSERT INTO public.setting (key, value) VALUES ('sendingHold', '{"since": "2026-03-10T12:00:00Z"}')`,
    );
    await tick();
    expect(await statesOf(id)).toEqual(["planned"]);
    await db().pool.query("DELETE FROM public.setting WHERE key = 'sendingHold'");
    await tick();
    expect(await statesOf(id)).toEqual(["accepted"]);
  });
});

describe("a replay that takes two", () => {
  const merges = { type: "ADT^A40" };

  test("waits for a second person, who reads why, and is not its requester", async () => {
    const id = await submitted(await failures(1, merges));
    expect((await view(id)).run.state).toBe("waiting");
    await expect(startReplay(analyst, { id, version: 1 })).rejects.toMatchObject({ code: "conflict" });
    const approvalId = await approvalOf(id);
    await expect(approve(analyst, { id: approvalId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await approve(administrator, { id: approvalId })).toMatchObject({ outcome: "approved" });
    await startReplay(analyst, { id, version: await versionOf(id) });
    await tick();
    expect(await statesOf(id)).toEqual(["accepted"]);
  });

  test("is given up when the second person declines", async () => {
    const id = await submitted(await failures(1, merges));
    await decline(administrator, { id: await approvalOf(id), reason: "Ask the ward first" });
    await tick();
    expect((await view(id)).run.state).toBe("discarded");
    expect(await statesOf(id)).toEqual(["left"]);
  });

  test("is never begun by one alone where there is no second person", async () => {
    const id = await draft(await failures(1, merges));
    await db().prisma.user.delete({ where: { id: administrator.id } });
    await expect(submitReplay(analyst, { id, version: 0, ...terms })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("rights", () => {
  test("a role without the permission is refused, and a step needs a fresh second factor", async () => {
    const [failed = 0] = await failures(1);
    const { text } = await hospital.place(failed);
    const specialist = await addPerson(db(), everywhere("him-specialist"));
    await expect(draftReplay(specialist, { id: randomUUID(), places: [text] })).rejects.toMatchObject({
      code: "forbidden",
    });
    const id = await draft([failed]);
    const stale = { ...analyst, factorAt: new Date(Date.now() - 3_600_000) };
    await expect(submitReplay(stale, { id, version: 0, ...terms })).rejects.toMatchObject({
      code: "step_up_required",
    });
    await expect(switchReplay(analyst, { id: hospital.sourceId, isOn: true })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("of another department neither messages nor replays are there", async () => {
    const [failed = 0] = await failures(1);
    const id = await draft([failed]);
    const { text } = await hospital.place(failed);
    await db().prisma.interface.updateMany({ data: { department: "Radiology" } });
    const cardiologist = await addPerson(db(), [{ role: "interface-analyst", department: "Cardiology" }]);
    const radiologist = await addPerson(db(), [{ role: "interface-analyst", department: "Radiology" }]);
    await expect(draftReplay(cardiologist, { id: randomUUID(), places: [text] })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(readReplay(cardiologist, { id })).rejects.toMatchObject({ code: "not_found" });
    expect((await listReplays(cardiologist, {})).map((one) => one.id)).not.toContain(id);
    expect((await listReplays(radiologist, {})).map((one) => one.id)).toContain(id);
    await db().prisma.interface.updateMany({ data: { department: null } });
  });

  test("every step stands in the audit trail, without a patient", async () => {
    const id = await started(await failures(1));
    await tick();
    const { rows } = await db().pool.query<{ detail: object }>(
      "SELECT detail FROM signal.audit_leaf WHERE entity_type = 'replay' AND entity_id = $1 ORDER BY id",
      [id],
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      { source: hospital.sourceId, messages: 1 },
      { checked: 1, gone: 0 },
      { submitted: true, messages: 1, takesTwo: [] },
      { step: "start", isRepeated: false },
      { sends: 0 },
      { sent: 0, answer: "accepted" },
    ]);
  });
});

test("a message whose content the engine no longer keeps is refused with that reason", async () => {
  const bare = await startReplayHospital({ db, storage: "METADATA" });
  await switchReplay(administrator, { id: bare.sourceId, isOn: true });
  const messageId = bare.post();
  bare.wait(60_000);
  await bare.read();
  const { text } = await bare.place(messageId);
  const { id } = await draftReplay(analyst, { id: randomUUID(), places: [text] });
  await tick();
  expect((await view(id)).items).toMatchObject([{ verdict: "refused", causes: ["content_gone"] }]);
  await bare.stop();
});
