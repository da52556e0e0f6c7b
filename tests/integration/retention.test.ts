import { beforeEach, describe, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { keepDeadLetters } from "@/lib/db/dead-letters";
import { ensurePartitions } from "@/lib/db/partitions";
import { oldestFact } from "@/lib/db/retention";
import { keepPartitions } from "@/lib/jobs/keep-partitions";
import { liftHold } from "@/lib/services/retention/lift-hold";
import { listHolds } from "@/lib/services/retention/list-holds";
import { placeHold } from "@/lib/services/retention/place-hold";
import { readRetention } from "@/lib/services/retention/read-retention";
import { aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date("2026-03-20T09:30:00.000Z");
/** Both are past their 35 days. */
const [first, second] = [new Date("2026-01-05T08:00:00.000Z"), new Date("2026-01-06T08:00:00.000Z")];
const officer = aPerson(everywhere("privacy-officer"));
const colleague = aPerson(everywhere("privacy-officer"));
const reason = "Asked for by the legal department";
const held = { value: "100200", assigningAuthority: "HOSP" };

beforeEach(async () => {
  await db().pool.query(
    "UPDATE signal.legal_hold SET lifted_by = gen_random_uuid(), lifted_at = now(), lift_reason = 'over' WHERE lifted_at IS NULL",
  );
  await run();
});

function run(at = now) {
  return keepPartitions.run({ signal: new AbortController().signal, now: () => at });
}

async function addDeliveries(at: Date, patients: readonly (string | undefined)[]): Promise<void> {
  await ensurePartitions("delivery", { from: at, to: at });
  for (const [i, value] of patients.entries()) {
    await db().pool.query(
      `INSERT INTO signal.delivery
         (leg_id, received_at, id, message_key, engine_message_id, state, outcome, observed_seq, body_digest, patient_ref)
       VALUES (1, $1, $2::bigint, $2::bigint, $2::bigint::text, 'sent', 'ok', 1, 1, $3)`,
      [at, i + 1, value === undefined ? null : patientRef({ ...held, value })],
    );
  }
}

async function deliveries(): Promise<readonly { readonly at: string; readonly id: string }[]> {
  const { rows } = await db().pool.query<{ at: Date; id: string }>(
    "SELECT received_at AS at, id::text FROM signal.delivery ORDER BY received_at, id",
  );
  return rows.map(({ at, id }) => ({ at: at.toISOString(), id }));
}

async function deletionsOf(kind: string): Promise<readonly unknown[]> {
  const { rows } = await db().pool.query(
    `SELECT actor_id AS "actorId", action, outcome, detail FROM signal.audit_leaf
     WHERE entity_type = 'retention' AND entity_id = $1 ORDER BY id`,
    [kind],
  );
  return rows;
}

describe("what is older than is kept", () => {
  test("is deleted, counted in one line of the audit trail, and told of on the page", async () => {
    await addDeliveries(first, [undefined, "1"]);
    await addDeliveries(second, [undefined]);
    const before = (await deletionsOf("deliveries")).length;
    await run();
    expect(await deliveries()).toEqual([]);
    const detail = { deleted: 3, held: 0, from: first.toISOString(), to: second.toISOString() };
    expect((await deletionsOf("deliveries")).slice(before)).toEqual([
      { actorId: "retention", action: "D", outcome: "success", detail },
    ]);
    const row = (await readRetention(officer, {})).find(({ kind }) => kind === "deliveries");
    expect(row?.last).toEqual({ at: now, deleted: 3, held: 0, from: first, to: second });
  });

  test("leaves no line where there was nothing to delete", async () => {
    const before = await deletionsOf("deliveries");
    await run();
    expect(await deletionsOf("deliveries")).toEqual(before);
  });

  test("is dead letters that are settled; open ones stay", async () => {
    const settled = new Date("2026-01-10T00:00:00.000Z");
    await addLetter("settled", settled);
    await addLetter("open", undefined);
    await run();
    expect(await letters()).toEqual(["open"]);
    expect(await deletionsOf("deadLetters")).toMatchObject([
      { detail: { deleted: 1, held: 0, from: settled.toISOString() } },
    ]);
  });
});

async function addLetter(name: string, settledAt: Date | undefined): Promise<void> {
  const [id] = await keepDeadLetters({
    sourceId: 1,
    letters: [
      {
        reason: "invalid_item",
        detail: name,
        digest: Buffer.from(name),
        contentKind: "json",
        keyId: "k1",
        payload: Buffer.from("x"),
      },
    ],
    now: new Date("2026-01-01T00:00:00.000Z"),
  });
  if (settledAt === undefined) return;
  await db().pool.query("UPDATE signal.dead_letter SET state = 'discarded', settled_at = $2 WHERE id = $1", [
    id,
    settledAt,
  ]);
}

async function letters(): Promise<readonly string[]> {
  const { rows } = await db().pool.query<{ detail: string }>(
    "SELECT detail FROM signal.dead_letter ORDER BY detail",
  );
  return rows.map(({ detail }) => detail);
}

describe("a hold", () => {
  test("of a patient keeps that patient's messages alone, and lifted lets them go", async () => {
    await addDeliveries(first, [undefined, held.value, "7"]);
    await addDeliveries(second, ["7"]);
    const { id } = await placeHold(officer, { kind: "patient", ...held, reason });
    await run();
    expect(await deliveries()).toEqual([{ at: first.toISOString(), id: "2" }]);
    const kept = (await readRetention(officer, {})).find(({ kind }) => kind === "deliveries");
    expect(kept).toMatchObject({ oldest: first, isKeptLonger: true, last: { deleted: 3, held: 1 } });
    await run();
    expect(await deliveries()).toHaveLength(1);
    await liftHold(colleague, { id, reason });
    await run();
    expect(await deliveries()).toEqual([]);
  });

  test("of a period keeps everything of its days, the last one included, and of no other", async () => {
    await addDeliveries(first, [undefined, "7"]);
    await addDeliveries(second, [undefined]);
    await addLetter("held", new Date("2026-01-10T00:00:00.000Z"));
    await placeHold(officer, { kind: "period", from: "2026-01-01", to: "2026-01-05", reason });
    await run();
    expect((await deliveries()).map(({ at }) => at)).toEqual([first.toISOString(), first.toISOString()]);
    expect(await letters()).toContain("held");
  });

  test("of a person keeps what that person did at the engines, however the name is written", async () => {
    const at = new Date("2018-01-15T00:00:00.000Z");
    await ensurePartitions("external_audit_event", { from: at, to: at });
    for (const [id, name] of ["a.smith", "b.jones"].entries()) {
      await db().pool.query(
        `INSERT INTO signal.external_audit_event
           (source_id, at, id, engine_event_id, name, action, outcome, actor_name, body_digest)
         VALUES (1, $1, $2, '1', 'read', 'R', 'success', $3, 1)`,
        [at, id, name],
      );
    }
    await placeHold(officer, { kind: "person", person: "A.Smith", reason });
    await run();
    const { rows } = await db().pool.query("SELECT actor_name FROM signal.external_audit_event");
    expect(rows).toEqual([{ actor_name: "a.smith" }]);
    expect(await oldestFact("external_audit_event")).toEqual(at);
  });

  test("is lifted by another person than the one who placed it: the database says so as well", async () => {
    const { id } = await placeHold(officer, { kind: "person", person: "a.smith", reason });
    await expect(liftHold(officer, { id, reason })).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      db().pool.query(
        "UPDATE signal.legal_hold SET lifted_by = placed_by, lifted_at = now(), lift_reason = 'r' WHERE id = $1",
        [id],
      ),
    ).rejects.toThrow("legal_hold_second_person");
    await liftHold(colleague, { id, reason });
    await expect(liftHold(colleague, { id, reason })).rejects.toMatchObject({ code: "conflict" });
    const hold = (await listHolds(officer, {})).find((one) => one.id === id);
    expect(hold).toMatchObject({
      subject: { kind: "person", person: "a.smith" },
      placedBy: { id: officer.id },
      lifted: { by: { id: colleague.id }, reason },
    });
  });

  test.each(["DELETE FROM signal.legal_hold", "UPDATE signal.legal_hold SET placed_by = gen_random_uuid()"])(
    "cannot be tampered with by the application: %s",
    async (statement) => {
      await expect(db().pool.query(statement)).rejects.toThrow("permission denied");
    },
  );

  test("of real data keeps whole partitions from being dropped", async () => {
    await addDeliveries(first, ["7"]);
    const { rows } = await db().pool.query(
      "INSERT INTO public.source (kind, name, config) VALUES ('push', 'real', '{}') RETURNING id",
    );
    await placeHold(officer, { kind: "patient", ...held, reason });
    await expect(
      db().pool.query("SELECT signal.drop_partitions_before('delivery', '2030-01-01')"),
    ).rejects.toThrow("data is on hold");
    await db().pool.query("DELETE FROM public.source WHERE id = $1", [rows[0].id]);
  });

  test("stands in the audit trail when it is placed and lifted, without what it holds", async () => {
    const { id } = await placeHold(officer, { kind: "patient", ...held, reason });
    await liftHold(colleague, { id, reason });
    const { rows } = await db().pool.query(
      `SELECT actor_id AS "actorId", action, detail FROM signal.audit_leaf WHERE entity_type = 'legal-hold' AND entity_id = $1
       ORDER BY id`,
      [id],
    );
    expect(rows).toEqual([
      { actorId: officer.id, action: "C", detail: { kind: "patient" } },
      { actorId: colleague.id, action: "U", detail: { kind: "patient", lifted: true } },
    ]);
  });

  test("is placed and read only by whoever may", async () => {
    const analyst = aPerson(everywhere("interface-analyst"));
    await expect(placeHold(analyst, { kind: "patient", ...held, reason })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(listHolds(analyst, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(readRetention(analyst, {})).rejects.toMatchObject({ code: "forbidden" });
    const system = { kind: "system", name: "test" } as const;
    await expect(placeHold(system, { kind: "patient", ...held, reason })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("gauges stay for as long as was chosen, and go when that is over", async () => {
  await ensurePartitions("leg_sample", { from: first, to: first });
  await db().pool.query(
    "INSERT INTO signal.leg_sample (leg_id, metric, at, value) VALUES (1, 'queueDepth', $1, 3)",
    [first],
  );
  await db().prisma.setting.create({ data: { key: "retention.samples", value: 366 } });
  await run();
  expect(await oldestFact("leg_sample")).toEqual(first);
  await db().prisma.setting.delete({ where: { key: "retention.samples" } });
  await run();
  expect(await oldestFact("leg_sample")).toBeUndefined();
});
