import { beforeAll, expect, test } from "vitest";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { deleteClosedExams, erasePatientFacts } from "@/lib/db/clinical-retention";
import { inTransaction } from "@/lib/db/transaction";
import { storeBatch } from "@/lib/ingest/pipeline";
import { anOrder, aPatient, aReport } from "@/tests/support/clinical";
import { seededRandom, shuffled } from "@/tests/support/random";
import { addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();
const sources: number[] = [];
const AUTHORITY = "GENERAL";

beforeAll(async () => {
  for (const name of ["his", "ris"]) sources.push(await addSource(db(), name));
});

/** The facts of one closed exam. */
function anExam(n: number) {
  const accession = { value: `A${n}`, issuer: AUTHORITY };
  const identifiers = [{ value: `7${n % 5}`, assigningAuthority: AUTHORITY }];
  const placerNumber = { value: `O${n}` };
  return [
    anOrder({ id: `O${n}`, accession, placerNumber, patient: { identifiers } }),
    aReport({ id: `R${n}`, accession, patient: { identifiers } }),
    aReport({ id: `L${n}`, accession: undefined, placerNumber }),
    aPatient({ id: `7${n % 5}`, identifiers }),
  ];
}

test("retention, erasure and ingest at once never end each other, and leave nothing without its exam", async () => {
  const random = seededRandom(7);
  let isOver = false;
  const write = async (sourceId: number) => {
    for (let round = 0; round < 10; round += 1) {
      const numbers = shuffled(
        random,
        Array.from({ length: 20 }, (_, n) => n),
      );
      const batch = batchOf(...numbers.slice(0, 12).flatMap(anExam));
      await storeBatch({ sourceId, batch, now: testNow });
    }
  };
  const soon = new Date(testNow.getTime() + 1_000);
  const retain = async () => {
    while (!isOver) await inTransaction((tx) => deleteClosedExams(tx, soon));
  };
  const erase = async () => {
    const ref = patientRef({ value: "73", assigningAuthority: AUTHORITY });
    while (!isOver) await inTransaction((tx) => erasePatientFacts(tx, ref));
  };
  const writers = Promise.all([...sources, ...sources].map(write)).finally(() => {
    isOver = true;
  });
  await Promise.all([writers, retain(), erase()]);
  const { rows } = await db().pool.query(
    `SELECT (SELECT count(*)::int FROM clinical.fact_version v WHERE NOT EXISTS (SELECT FROM clinical.fact f WHERE f.id = v.fact_id)) AS versions,
       (SELECT count(*)::int FROM clinical.fact f WHERE NOT EXISTS (SELECT FROM clinical.fact_version v WHERE f.id = v.fact_id)) AS facts,
       (SELECT count(*)::int FROM clinical.fact f WHERE accession_ref IS NOT NULL
          AND NOT EXISTS (SELECT FROM clinical.exam e WHERE e.accession_ref = f.accession_ref)) AS without,
       (SELECT count(*)::int FROM clinical.exam e
          WHERE NOT EXISTS (SELECT FROM clinical.fact f WHERE e.accession_ref = f.accession_ref)) AS empty`,
  );
  expect(rows).toEqual([{ versions: 0, facts: 0, without: 0, empty: 0 }]);
});
