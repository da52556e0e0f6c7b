import { beforeAll, describe, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import type { Item } from "@/lib/core/message/schema";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { inTransaction } from "@/lib/db/transaction";
import { storeBatch } from "@/lib/ingest/pipeline";
import { erasePatient } from "@/lib/services/disclosure/erase-patient";
import { findPatientAccess } from "@/lib/services/disclosure/find-patient-access";
import { listExamMessages } from "@/lib/services/journeys/list-exam-messages";
import { listStalled } from "@/lib/services/journeys/list-stalled";
import { readExam } from "@/lib/services/journeys/read-exam";
import { isExamOpen, readExamValues } from "@/lib/services/journeys/read-exam-values";
import { searchExams } from "@/lib/services/journeys/search-exams";
import { showExam } from "@/lib/services/journeys/show-exam";
import { deleteExpired } from "@/lib/services/retention/delete-expired";
import { placeHold } from "@/lib/services/retention/place-hold";
import { anEntry, anOrder, aPatient, aReport, aStudy, aWholeExam } from "@/tests/support/clinical";
import { addPerson, aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();
const analyst = aPerson(everywhere("interface-analyst"));
const proven = () => addPerson(db(), everywhere("him-specialist"));
const why = { reason: "patient-care", reasonText: "The ward waits for the result" } as const;
const mrn = (value: string) => ({
  identifiers: [{ value, assigningAuthority: "GENERAL", type: "MR" }],
  names: [{ family: "Quillfeather", given: "Anna" }],
});
let source = 0;

async function store(...items: readonly Item[]): Promise<void> {
  await storeBatch({ sourceId: source, batch: batchOf(...items), now: testNow });
}

/** An exam that waits for its start since noon of the tests' day. */
function aWaitingExam(number: number) {
  const accession = { value: `W${number}`, issuer: "GENERAL" };
  const keys = { accession, patient: mrn(`7${number}`) };
  return [
    anOrder({ ...keys, id: `O${number}`, placerNumber: { value: `O${number}` } }),
    anEntry({ ...keys, id: `S${number}` }),
  ];
}

async function rows(table: string): Promise<number> {
  const found = await db().pool.query(`SELECT count(*)::int AS n FROM clinical.${table}`);
  return found.rows[0].n;
}

beforeAll(async () => {
  source = await addSource(db(), "HIS");
  await store(...aWholeExam(), aPatient());
  await store(...Array.from({ length: 120 }, (_, i) => aWaitingExam(i)).flat());
});

describe("the list of stalled exams", () => {
  test("names what is waited for, and nobody", async () => {
    const page = await listStalled(analyst, { leg: "toStart" });
    expect(page.rows).toHaveLength(50);
    expect(page.rows[0]).toMatchObject({ leg: "toStart", modality: "CT", department: "Radiology" });
    expect(page.counts).toEqual([{ leg: "toStart", department: "Radiology", modality: "CT", count: 120 }]);
    expect(JSON.stringify(page)).not.toMatch(/Quillfeather|W1\d|7001|GENERAL/);
  });

  test("is walked to its end and back, every exam once", async () => {
    const first = await listStalled(analyst, {});
    const second = await listStalled(analyst, { cursor: first.next });
    const third = await listStalled(analyst, { cursor: second.next });
    const ids = [first, second, third].flatMap((page) => page.rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(120);
    expect([first.previous, third.next]).toEqual([undefined, undefined]);
    const back = await listStalled(analyst, { cursor: third.previous });
    expect(back.rows).toEqual(second.rows);
  });

  test("shows a department's owner that department alone", async () => {
    const owner = (department: string) => aPerson([{ role: "department-owner", department }]);
    expect((await listStalled(owner("Radiology"), {})).rows).toHaveLength(50);
    expect(await listStalled(owner("Cardiology"), {})).toMatchObject({ rows: [], isAnyKnown: false });
    await expect(listStalled(aPerson(everywhere("reporter")), {})).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("an exam is found", () => {
  test("by its accession, with or without issuer, and not by that of another", async () => {
    const found = async (text: string, issuer = "") =>
      (await searchExams(analyst, { text, issuer })).rows.length;
    expect([
      await found("a1"),
      await found("A1", "general"),
      await found("A1", "WEST"),
      await found("A"),
    ]).toEqual([1, 1, 0, 0]);
  });

  test("by an MRN with every issuer that is known, and the trail names the patient", async () => {
    expect((await searchExams(analyst, { text: "70012345" })).rows).toHaveLength(1);
    const range = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
    const officer = aPerson(everywhere("privacy-officer"));
    const ask = { value: "70012345", assigningAuthority: "GENERAL", range };
    expect((await findPatientAccess(officer, ask)).rows.map(({ act }) => act)).toContain("exam-search");
  });
});

describe("one exam", () => {
  const idOf = async (text: string) => (await searchExams(analyst, { text })).rows[0]?.id ?? "";

  test("shows its way without the patient", async () => {
    const view = await readExam(analyst, { id: await idOf("A1") });
    expect(view.journey.state).toBe("done");
    expect(Object.values(view.sources)).toEqual(["HIS"]);
    expect(JSON.stringify(view)).not.toMatch(/Quillfeather|70012345|"A1"|2\.25/);
  });

  test("lists the messages that carry its accession, with their acknowledgements", async () => {
    const now = new Date();
    const message = aDelivery({ receivedAt: now, accession: "A1", ackCode: "AA", orderNumber: "A1" });
    await storeBatch({ sourceId: source, batch: batchOf(message), now });
    const messages = await listExamMessages(analyst, { id: await idOf("A1") });
    expect(messages.map(({ ackCode, interface: name }) => [ackCode, name])).toEqual([["AA", "channel-1"]]);
    const owner = aPerson([{ role: "department-owner", department: "Radiology" }]);
    expect(await listExamMessages(owner, { id: await idOf("A1") })).toEqual([]);
    expect(await listExamMessages(analyst, { id: await idOf("W1") })).toEqual([]);
  });

  test("opens for a stated reason and ten minutes, once, with one line in the trail", async () => {
    const person = await proven();
    const id = await idOf("A1");
    await expect(readExamValues(person, { id })).rejects.toMatchObject({ code: "not_available" });
    expect((await showExam(person, { id, ...why })).remainingMs).toBe(600_000);
    await expect(showExam(person, { id, ...why })).rejects.toMatchObject({ code: "conflict" });
    const { objects } = await readExamValues(person, { id });
    expect(objects.map(({ kind }) => kind)).toEqual([
      "patient",
      "order",
      "worklist",
      "procedureStep",
      "study",
      "report",
    ]);
    expect(JSON.stringify(objects)).toContain("Quillfeather, Anna");
    expect(await isExamOpen(await proven(), { id })).toBe(false);
    const { rows: lines } = await db().pool.query(
      "SELECT detail FROM signal.audit_leaf WHERE entity_type = 'exam-values' AND outcome = 'success'",
    );
    expect(lines).toHaveLength(1);
    expect(lines[0].detail).toMatchObject({ reason: "patient-care", patientRefs: [expect.any(String)] });
  });

  test("stays closed without a fresh factor, without a role, and to another department", async () => {
    const id = await idOf("A1");
    const { factorAt: _, ...unproven } = analyst;
    await expect(showExam(unproven, { id, ...why })).rejects.toMatchObject({ code: "step_up_required" });
    const reviewer = aPerson(everywhere("clinical-reviewer"));
    await expect(showExam(reviewer, { id, ...why })).rejects.toMatchObject({ code: "forbidden" });
    const elsewhere = await addPerson(db(), [{ role: "him-specialist", department: "Cardiology" }]);
    await expect(showExam(elsewhere, { id, ...why })).rejects.toMatchObject({ code: "not_found" });
    await expect(readExam(elsewhere, { id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("counts towards the ten openings of an hour, messages and exams together", async () => {
    const person = await proven();
    const { rows: stalled } = await listStalled(analyst, {});
    for (const { id } of stalled.slice(0, 10)) await showExam(person, { id, ...why });
    const next = stalled[10]?.id ?? "";
    await expect(showExam(person, { id: next, ...why })).rejects.toMatchObject({ code: "rate_limited" });
  });
});

describe("what an exam leaves behind", () => {
  const expire = (now: Date) =>
    deleteExpired({ kind: "clinicalFacts", before: new Date(now.getTime() - 90 * 86_400_000), now });
  const inDays = (days: number) => new Date(testNow.getTime() + days * 86_400_000);

  test("is erased with the patient, with every fact of her exams", async () => {
    const before = await rows("exam");
    await erasePatient(
      { kind: "system", name: "cli" },
      {
        value: "70",
        assigningAuthority: "GENERAL",
        reasonText: "Order of the authority, file 12",
      },
    );
    expect((await searchExams(analyst, { text: "W0" })).rows).toEqual([]);
    expect(await rows("exam")).toBe(before - 1);
  });

  test("is kept for 90 days after its end, and while it is open, with a line for what went", async () => {
    await store(aStudy({ id: "loose", studyInstanceUid: "loose", accession: undefined }));
    expect((await expire(inDays(89))).deleted).toBe(0);
    const done = await expire(inDays(91));
    // The five facts and the patient of the exam that ended, and the study that belongs to none.
    expect(done).toMatchObject({ deleted: 7, held: 0 });
    expect(await rows("exam")).toBe(119);
    const { rows: lines } = await db().pool.query(
      "SELECT detail FROM signal.audit_leaf WHERE entity_type = 'retention' AND entity_id = 'clinicalFacts'",
    );
    expect(lines).toMatchObject([{ detail: { deleted: 7 } }]);
    const { rows: orphans } = await db().pool.query(
      "SELECT FROM clinical.fact_version v WHERE NOT EXISTS (SELECT FROM clinical.fact f WHERE f.id = v.fact_id)",
    );
    expect(orphans).toEqual([]);
  });

  test("stays while the patient is on hold", async () => {
    const officer = await addPerson(db(), everywhere("privacy-officer"));
    await placeHold(officer, {
      kind: "patient",
      value: "75",
      assigningAuthority: "GENERAL",
      reason: "A claim",
    });
    await store(aReport({ id: "R5", accession: { value: "W5", issuer: "GENERAL" } }));
    await store(aReport({ id: "R6", accession: { value: "W6", issuer: "GENERAL" } }));
    expect(await expire(inDays(91))).toMatchObject({ deleted: 3, held: 1 });
    expect((await searchExams(analyst, { text: "W5" })).rows).toHaveLength(1);
    const erase = erasePatient(
      { kind: "system", name: "cli" },
      {
        value: "75",
        assigningAuthority: "GENERAL",
        reasonText: "Order of the authority, file 12",
      },
    );
    await expect(erase).rejects.toMatchObject({ code: "conflict" });
  });
});

test("a reference of an identifier is the same in facts, messages and the trail", async () => {
  const ref = patientRef({ value: "7100", assigningAuthority: "GENERAL" });
  const found = await inTransaction(
    (tx) =>
      tx.$queryRaw`SELECT id FROM clinical.fact WHERE patient_refs @> ARRAY[${new Uint8Array(ref)}::bytea]`,
  );
  expect(found).toHaveLength(2);
});
