import { beforeAll, expect, test } from "vitest";
import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { anEntry, anOrder, aReport, aStep, aStudy, clock } from "@/tests/support/clinical";
import { seededRandom, shuffled, wholeBelow } from "@/tests/support/random";
import { addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();
const sources = { his: 0, ris: 0, pacs: 0 };
type Told = { readonly by: keyof typeof sources; readonly fact: ClinicalFact };

beforeAll(async () => {
  for (const name of ["his", "ris", "pacs"] as const) sources[name] = await addSource(db(), name);
});

/** What three systems say of one exam; the step and the report name no accession, and belong to it all the same. */
function toldOf(n: number): readonly Told[] {
  const accession = { value: `A${n}`, issuer: "GENERAL" };
  const placerNumber = { value: `ORD${n}`, namespace: "HIS" };
  const studyInstanceUid = `2.25.7${n}`;
  const order = { id: `ORD${n}^HIS`, accession, placerNumber };
  const report = { id: `R${n}`, accession: undefined, studyInstanceUid };
  return [
    { by: "his", fact: anOrder({ ...order, accession: { value: `WRONG${n}` }, status: "requested" }) },
    { by: "his", fact: anOrder({ ...order, at: clock("08:10"), status: "arrived" }) },
    { by: "ris", fact: anEntry({ id: `SPS${n}`, accession }) },
    { by: "ris", fact: aStep({ id: `2.25.5${n}`, accession: undefined, placerNumber }) },
    { by: "pacs", fact: aStudy({ id: studyInstanceUid, accession, studyInstanceUid }) },
    { by: "ris", fact: aReport({ ...report, status: "preliminary", at: clock("10:20") }) },
    { by: "ris", fact: aReport({ ...report, status: "final" }) },
  ];
}

async function storeAll(told: readonly Told[]): Promise<void> {
  for (const by of ["ris", "his", "pacs"] as const) {
    const items = told.filter((one) => one.by === by).map(({ fact }) => fact);
    await storeBatch({ sourceId: sources[by], batch: batchOf(...items), now: testNow });
  }
}

async function takeState() {
  const read = async (text: string) => (await db().pool.query(text)).rows;
  const state = {
    exams: await read(
      "SELECT accession_ref, state, leg, since, due_at, procedure, started_at FROM clinical.exam ORDER BY 1",
    ),
    facts: await read("SELECT source_id, kind, object_ref, seq, body FROM clinical.fact ORDER BY 1, 2, 3"),
    versions: await read("SELECT count(*)::int AS n FROM clinical.fact_version"),
  };
  for (const table of ["fact_version", "fact", "exam"]) {
    await db().pool.query(`DELETE FROM clinical.${table}`);
  }
  return state;
}

test.each([1, 2, 3, 4])(
  "exams come to the same however many writers tell of them at once, in any order and again and again (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const all = Array.from({ length: 12 }, (_, n) => toldOf(n)).flat();
    await storeAll(all);
    const expected = await takeState();
    expect(expected.exams).toHaveLength(12);
    expect(new Set(expected.exams.map(({ state }) => state))).toEqual(new Set(["done"]));
    const writers = Array.from({ length: 6 }, async () => {
      let rest = shuffled(random, [...all, ...all.filter(() => random() < 0.3)]);
      while (rest.length > 0) {
        const size = 1 + wholeBelow(random, 20);
        await storeAll(rest.slice(0, size));
        rest = rest.slice(size);
      }
    });
    await Promise.all(writers);
    expect(await takeState()).toEqual(expected);
  },
);
