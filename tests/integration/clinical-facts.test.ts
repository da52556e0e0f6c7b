import { beforeEach, describe, expect, test } from "vitest";
import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import {
  anEntry,
  anOrder,
  aPatient,
  aReport,
  aStep,
  aStudy,
  aWholeExam,
  clock,
} from "@/tests/support/clinical";
import { addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();
let sources = 0;
let his = 0;
let pacs = 0;

beforeEach(async () => {
  sources += 1;
  his = await addSource(db(), `HIS ${sources}`);
  pacs = await addSource(db(), `PACS ${sources}`);
  for (const table of ["fact_version", "fact", "exam"])
    await db().pool.query(`DELETE FROM clinical.${table}`);
});

async function store(sourceId: number, ...items: readonly ClinicalFact[]): Promise<readonly string[]> {
  const stored = await storeBatch({ sourceId, batch: batchOf(...items), now: testNow });
  return stored.items.map(({ status }) => status);
}

async function facts() {
  const { rows } = await db().pool.query(
    "SELECT source_id, kind, seq, body, accession_ref, patient_refs FROM clinical.fact ORDER BY source_id, kind, seq",
  );
  return rows;
}

async function exams() {
  const { rows } = await db().pool.query(
    "SELECT state, leg, since, due_at, department, modality, procedure, closed_at FROM clinical.exam ORDER BY accession_ref",
  );
  return rows;
}

async function versions(): Promise<number> {
  const { rows } = await db().pool.query("SELECT count(*)::int AS n FROM clinical.fact_version");
  return rows[0].n;
}

describe("observations of one object", () => {
  const first = anOrder({ status: "requested" });
  const second = anOrder({ at: clock("08:10"), status: "arrived" });

  test("are kept once each; the newest counts, whatever comes last", async () => {
    expect(await store(his, second, first, second)).toEqual(["created", "stale", "duplicate"]);
    expect(await store(his, first)).toEqual(["duplicate"]);
    expect((await facts()).map(({ body }) => body.status)).toEqual(["arrived"]);
    expect(await versions()).toBe(2);
  });

  test("that say nothing new leave no history", async () => {
    expect(await store(pacs, aStudy(), aStudy({ at: clock("09:40") }))).toEqual(["created", "duplicate"]);
    expect(await versions()).toBe(1);
  });

  test("that differ though they came by one message are a conflict, and kept as a dead letter", async () => {
    const one = anOrder({ observedSeq: 5, controlId: "M1" });
    const stored = await storeBatch({
      sourceId: his,
      batch: batchOf(one, { ...one, status: "held" }),
      now: testNow,
    });
    expect(stored.items.map(({ status }) => status)).toEqual(["created", "conflict"]);
    expect(stored.items[1]?.deadLetterId).toMatch(/^\d+$/);
  });

  test("of one instant by two messages are both kept", async () => {
    const one = anOrder({ controlId: "M1" });
    expect(await store(his, one, { ...one, controlId: "M2", status: "held" })).toEqual([
      "created",
      "updated",
    ]);
  });

  test("of two sources stand beside each other", async () => {
    await store(his, aPatient());
    await store(pacs, aPatient({ birthDate: "1976" }));
    expect((await facts()).map(({ source_id, body }) => [source_id, body.birthDate])).toEqual([
      [his, "1967-04"],
      [pacs, "1976"],
    ]);
  });

  test("leave what a later message does not speak of, but a study is told whole", async () => {
    await store(his, anOrder(), { kind: "order", id: "ORD1^HIS", at: clock("08:30"), status: "cancelled" });
    await store(pacs, aStudy(), { kind: "study", id: "2.25.2", at: clock("11:00"), imageCount: 1 });
    const [order, study] = (await facts()).map(({ body }) => body);
    expect(order).toMatchObject({ status: "cancelled", modality: "CT", accession: { value: "A1" } });
    expect(study).not.toHaveProperty("accession");
  });

  test("from too far ahead, or with a character that cannot be stored, are dead letters", async () => {
    const ahead = anOrder({ at: new Date(testNow.getTime() + 25 * 3_600_000) });
    expect(await store(his, ahead, anOrder({ procedure: { text: "a\u0000b" } }))).toEqual([
      "rejected",
      "rejected",
    ]);
    expect(await store(his, anOrder({ procedure: { text: "a\\u0000b \\ud83d" } }))).toEqual(["created"]);
  });
});

test("a number without its assigning authority is kept and never found by", async () => {
  await store(his, aPatient({ identifiers: [{ value: "70012345" }] }));
  const [fact] = await facts();
  expect(fact.body.identifiers).toEqual([{ value: "70012345" }]);
  expect(fact.patient_refs).toEqual([]);
});

describe("an exam", () => {
  test("waits for its next step, with a due time", async () => {
    await store(his, anOrder(), anEntry());
    expect(await exams()).toEqual([
      {
        state: "waiting",
        leg: "toStart",
        since: clock("08:05"),
        due_at: clock("10:00"),
        department: "Radiology",
        modality: "CT",
        procedure: "CT chest",
        closed_at: null,
      },
    ]);
  });

  test("comes to the same in any order and from any number of sources", async () => {
    const [order, entry, step, study, report] = aWholeExam();
    if (!order || !entry || !step || !study || !report) throw new Error("An exam has five facts.");
    await store(pacs, report, study);
    await store(his, step, order);
    await store(pacs, entry, report);
    expect(await exams()).toMatchObject([{ state: "done", leg: null, due_at: null, closed_at: testNow }]);
  });

  test("takes in what names only its study or its order", async () => {
    await store(his, anOrder());
    await store(pacs, aStudy());
    const { accession: _, ...unnumbered } = aReport({ studyInstanceUid: "2.25.2" });
    await store(pacs, unnumbered);
    const { accession: __, ...step } = aStep({ placerNumber: { value: "ORD1", namespace: "HIS" } });
    await store(his, step);
    expect(await exams()).toMatchObject([{ state: "done" }]);
  });

  test("with the same number of another issuer is another exam", async () => {
    await store(his, anOrder(), anOrder({ id: "ORD2", accession: { value: "A1", issuer: "WEST" } }));
    expect(await exams()).toHaveLength(2);
  });

  test("is left by a fact whose accession is put right", async () => {
    await store(his, anOrder());
    await store(his, anOrder({ at: clock("08:20"), accession: { value: "A2", issuer: "GENERAL" } }));
    expect(await exams()).toHaveLength(1);
  });

  test("stays right when many writers tell of it at once", async () => {
    const all = Array.from({ length: 20 }, (_, i) =>
      i % 2 === 0 ? aWholeExam() : aWholeExam().toReversed(),
    );
    await Promise.all(all.map((items, i) => store(i % 2 === 0 ? his : pacs, ...items)));
    expect(await exams()).toMatchObject([{ state: "done" }]);
    expect(await versions()).toBe(10);
  });
});
