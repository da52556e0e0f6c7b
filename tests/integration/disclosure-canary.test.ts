import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { maskContent } from "@/lib/core/formats/masking/mask-content";
import { storeBatch } from "@/lib/ingest/pipeline";
import { findPatientAccess } from "@/lib/services/disclosure/find-patient-access";
import { patientAccessCsv } from "@/lib/services/disclosure/patient-access-csv";
import { showValues } from "@/lib/services/disclosure/show-values";
import { listMessages } from "@/lib/services/messages/list-messages";
import { readMessage } from "@/lib/services/messages/read-message";
import { searchMessages } from "@/lib/services/messages/search-messages";
import { aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const receivedAt = new Date("2026-03-10T12:00:00.000Z");
const range = { from: new Date("2026-03-10T00:00:00Z"), to: new Date(Date.now() + 3_600_000) };

/** Made-up numbers and names that occur nowhere else. */
const canaries = Array.from({ length: 50 }, (_, i) => ({
  value: `ZQ${7_301_551 + i * 7}VX`,
  family: `Kanarienvogt${String.fromCharCode(97 + (i % 26))}${i}`,
  assigningAuthority: "GENERAL",
}));
const outputs: string[] = [];
const keep = (output: unknown) => outputs.push(typeof output === "string" ? output : JSON.stringify(output));

/** Each patient's message is stored, listed, opened, searched, shown with a reason, looked up and exported. */
beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  const messages = canaries.map(({ value, family, assigningAuthority }, i) =>
    aDelivery({
      messageId: String(i),
      receivedAt,
      patient: { value, assigningAuthority },
      outcome: "failed",
      state: "error",
      errorText: `Rejected: PID|1||${value}^^^GENERAL^MR||${family}^Erika||19700228`,
    }),
  );
  await storeBatch({ sourceId, batch: batchOf(...messages), now: receivedAt });
  const thatDay = { from: range.from, to: new Date("2026-03-11T00:00:00Z") };
  const page = await listMessages(proven(), { range: thatDay });
  keep(page);
  expect(page.rows).toHaveLength(50);
  for (const [i, canary] of canaries.entries()) {
    const row = page.rows.find((one) => one.engineMessageId === String(i));
    if (row === undefined) throw new Error("The message must be listed.");
    await goThrough(canary, { legId: row.legId, receivedAt: row.receivedAt, id: row.id });
  }
}, 180_000);

function proven(): Actor {
  return { ...aPerson(everywhere("interface-analyst", "privacy-officer")), factorAt: new Date() };
}

async function goThrough(canary: (typeof canaries)[number], place: object): Promise<void> {
  const person = proven();
  const { value, family, assigningAuthority } = canary;
  const ask = { value, assigningAuthority, range };
  keep(await readMessage(person, place));
  keep(await searchMessages(person, { text: value, issuer: assigningAuthority }));
  const reasonText = `The ward waits for it: MRN ${value}, "${family}".`;
  keep(await showValues(person, { ...place, reason: "patient-care", reasonText }));
  keep(
    maskContent(`MSH|^~\\&|A|B|C|D|20260310||ADT^A01|1|P|2.5\rPID|1||${value}^^^GENERAL||${family}^Erika`),
  );
  keep(await findPatientAccess(person, ask));
  for (const form of ["internal", "patient"] as const) {
    keep(await patientAccessCsv(person, { ...ask, form, zone: "UTC" }));
  }
}

const leaked = (text: string) =>
  canaries.filter(({ value, family }) => text.includes(value) || text.includes(family));

test("nothing that is shown masked, found or exported holds a number or name of a patient", () => {
  expect(outputs.length).toBeGreaterThan(300);
  expect(outputs.flatMap(leaked)).toEqual([]);
});

test("no table holds one in clear", async () => {
  const { rows } = await db().pool.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'signal') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND has_table_privilege(c.oid, 'SELECT')`,
  );
  expect(rows.length).toBeGreaterThan(20);
  const hits: string[] = [];
  for (const { name } of rows) {
    const { rows: texts } = await db().pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    if (texts.some(({ text }) => leaked(text).length > 0)) hits.push(name);
  }
  expect(hits).toEqual([]);
});

test("and the search finds what it looks for", () => {
  const [canary] = canaries;
  expect(leaked(`a line with ${canary?.value}`)).toEqual([canary]);
});
