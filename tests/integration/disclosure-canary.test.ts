import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { AppError } from "@/lib/core/errors";
import { maskContent } from "@/lib/core/formats/masking/mask-content";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import { storeBatch } from "@/lib/ingest/pipeline";
import { listDeadLetters } from "@/lib/services/dead-letters/list-dead-letters";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { breakGlass } from "@/lib/services/disclosure/break-glass";
import { findPatientAccess } from "@/lib/services/disclosure/find-patient-access";
import { patientAccessCsv } from "@/lib/services/disclosure/patient-access-csv";
import { showValues } from "@/lib/services/disclosure/show-values";
import { eventsCsv } from "@/lib/services/external-audit/events-csv";
import { listEvents } from "@/lib/services/external-audit/list-events";
import { readEvent } from "@/lib/services/external-audit/read-event";
import { pushBatch } from "@/lib/services/ingest/push-batch";
import { listStalled } from "@/lib/services/journeys/list-stalled";
import { readExam } from "@/lib/services/journeys/read-exam";
import { readExamValues } from "@/lib/services/journeys/read-exam-values";
import { searchExams } from "@/lib/services/journeys/search-exams";
import { showExam } from "@/lib/services/journeys/show-exam";
import { listMessages } from "@/lib/services/messages/list-messages";
import { readMessage } from "@/lib/services/messages/read-message";
import { searchMessages } from "@/lib/services/messages/search-messages";
import { exportTrail } from "@/lib/services/own-audit/export-trail";
import { reportTrail } from "@/lib/services/own-audit/report-trail";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { listHolds } from "@/lib/services/retention/list-holds";
import { placeHold } from "@/lib/services/retention/place-hold";
import { addPerson, aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const COUNT = 500;
const db = withStorage();
const receivedAt = new Date(Date.now() - 3_600_000);
const range = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 3_600_000) };

/** Made-up numbers and names that occur nowhere else. */
const canaries = Array.from({ length: COUNT }, (_, i) => ({
  value: `ZQ${7_301_551 + i * 7}VX`,
  family: `Kanarienvogt${String.fromCharCode(97 + (i % 26))}${i}`,
  assigningAuthority: "GENERAL",
}));
type Canary = (typeof canaries)[number];
const anyCanary = new RegExp(canaries.flatMap(({ value, family }) => [value, `${family}\\b`]).join("|"));
const leaked = (text: string) => anyCanary.exec(text)?.[0];

const outputs: string[] = [];
let folder = "";

/** Keeps what somebody was answered, refusals included. */
async function keep(answer: unknown): Promise<void> {
  outputs.push(typeof answer === "string" ? answer : JSON.stringify(answer));
}

async function keepRefusal(answer: Promise<unknown>): Promise<void> {
  const error = await answer.then(
    () => new Error("This must be refused."),
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof AppError)) throw error;
  await keep(`${error.code} ${error.message} ${JSON.stringify(error.info)} ${error.stack}`);
}

/** Each patient's data comes in by every way, and goes through everything that shows, finds, exports or keeps it. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "signalbox-canary-"));
  const sourceId = await addSource(db(), "engine");
  await storeBatch({
    sourceId,
    batch: batchOf(...canaries.map(messageOf), ...canaries.map(eventOf), ...canaries.map(orderOf)),
    now: new Date(),
  });
  await push(sourceId);
  const places = await listedPlaces();
  expect(places.size).toBe(COUNT);
  for (const [i, canary] of canaries.entries()) {
    const place = places.get(String(i));
    if (place === undefined) throw new Error("The message must be listed.");
    await goThrough(canary, place);
    if (i < 100) await followExam(canary);
  }
  await keep(await listStalled(proven(), {}));
  await workOffLetters();
  await takeOutEvents();
  await takeOutTrail();
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function proven(): Extract<Actor, { kind: "user" }> {
  return aPerson(everywhere("interface-analyst", "privacy-officer"));
}

function messageOf({ value, family, assigningAuthority }: Canary, i: number) {
  return aDelivery({
    messageId: String(i),
    receivedAt: new Date(receivedAt.getTime() + i),
    patient: { value, assigningAuthority },
    outcome: "failed",
    state: "error",
    errorText: `Rejected: PID|1||${value}^^^GENERAL^MR||${family}^Erika||19700228`,
  });
}

/** An order that waits for its worklist entry, its accession a number of the patient too. */
function orderOf({ value, family, assigningAuthority }: Canary, i: number): ClinicalFact {
  return {
    kind: "order",
    id: `${value}^HIS`,
    at: new Date(receivedAt.getTime() + i),
    accession: { value, issuer: assigningAuthority },
    placerNumber: { value, namespace: "HIS" },
    procedure: { text: "CT chest" },
    patient: { identifiers: [{ value, assigningAuthority }], names: [{ family, given: "Erika" }] },
  };
}

function eventOf({ value, family, assigningAuthority }: Canary, i: number) {
  return {
    kind: "audit",
    eventId: `e${i}`,
    at: new Date(receivedAt.getTime() + i),
    name: "Get message content",
    action: "R",
    outcome: "success",
    actorName: "msmith",
    patient: { value, assigningAuthority },
    attributes: { search: `MRN = ${value}`, name: `${family}^Erika` },
  } as const;
}

/** Bodies of every kind that become dead letters: items that are none, and texts that are no items. */
async function push(sourceId: number): Promise<void> {
  const actor = { kind: "source", sourceId, tokenId: "t", scopes: ["signalbox/ingest.write"] } as const;
  const items = canaries.map(({ value, family }) => ({ kind: "delivery", patient: { value, name: family } }));
  const body = Buffer.from(JSON.stringify(items));
  await keep(await pushBatch(actor, { body, format: "json", now: new Date() }));
  for (const { value, family } of canaries.slice(0, 50)) {
    const broken = Buffer.from(`{"patient":"${value} ${family}`);
    await keepRefusal(pushBatch(actor, { body: broken, format: "json", now: new Date() }));
  }
}

type Place = { readonly legId: number; readonly receivedAt: Date; readonly id: string };

async function listedPlaces(): Promise<ReadonlyMap<string, Place>> {
  const person = proven();
  const places = new Map<string, Place>();
  let cursor: PageCursor | undefined;
  do {
    const page = await listMessages(person, { range, ...(cursor ? { cursor } : {}) });
    await keep(page);
    for (const { engineMessageId, legId, receivedAt: at, id } of page.rows) {
      places.set(engineMessageId, { legId, receivedAt: at, id });
    }
    cursor = page.older;
  } while (cursor !== undefined);
  return places;
}

async function goThrough(canary: Canary, place: Place): Promise<void> {
  const person = proven();
  const { value, family, assigningAuthority } = canary;
  const ask = { value, assigningAuthority, range };
  await keep(await readMessage(person, place));
  await keep(await searchMessages(person, { text: value, issuer: assigningAuthority }));
  const reasonText = `The ward waits for it: MRN ${value}, "${family}".`;
  await keep(await showValues(person, { ...place, reason: "patient-care", reasonText }));
  await keepRefusal(showValues(person, { ...place, reason: `for ${value}`, reasonText: family }));
  await keep(await breakGlass(person, { reason: "patient-care", reasonText }));
  await keep(
    maskContent(`MSH|^~\\&|A|B|C|D|20260310||ADT^A01|1|P|2.5\rPID|1||${value}^^^GENERAL||${family}^Erika`),
  );
  await keep(await findPatientAccess(person, ask));
  for (const form of ["internal", "patient"] as const) {
    await keep(await patientAccessCsv(person, { ...ask, form, zone: "UTC" }));
  }
  await keep(
    await placeHold(person, { kind: "patient", value, assigningAuthority, reason: "File of the court" }),
  );
  await keepRefusal(searchMessages(aPerson(everywhere("reporter")), { text: value, issuer: family }));
}

async function followExam({ value, family, assigningAuthority }: Canary): Promise<void> {
  const person = proven();
  const found = await searchExams(person, { text: value, issuer: assigningAuthority });
  expect(found.rows).toHaveLength(1);
  await keep(found);
  const id = found.rows[0]?.id ?? "";
  await keep(await readExam(person, { id }));
  await keepRefusal(readExamValues(person, { id }));
  const reasonText = `The ward waits for it: MRN ${value}, "${family}".`;
  await keep(await showExam(person, { id, reason: "patient-care", reasonText }));
  await keepRefusal(showExam(person, { id, reason: `for ${value}`, reasonText: family }));
}

async function workOffLetters(): Promise<void> {
  const person = proven();
  const letters = await listDeadLetters(person, { limit: 500 });
  expect(letters.length).toBe(500);
  await keep(letters);
  for (const { id } of letters.slice(0, 50)) await keep(await retryDeadLetter(person, { id }));
  await keep(await listHolds(person, {}));
}

async function takeOutEvents(): Promise<void> {
  const person = proven();
  const { rows } = await listEvents(person, { range });
  await keep(rows);
  expect(rows.length).toBeGreaterThan(0);
  for (const { sourceId, at, id } of rows) await keep(await readEvent(person, { sourceId, at, id }));
  await keep(await eventsCsv(person, { range }));
}

async function takeOutTrail(): Promise<void> {
  const officer = await addPerson(db(), everywhere("privacy-officer"));
  await sealTrail({ now: () => new Date() });
  const { rows } = await exportTrail(officer, { file: path.join(folder, "trail.ndjson") });
  expect(rows).toBeGreaterThan(COUNT * 8);
  for (const format of ["csv", "ndjson"] as const) {
    for await (const part of await reportTrail(officer, { range, format })) await keep(part);
  }
}

test("nothing that is shown masked, found, refused or exported holds a number or name of a patient", async () => {
  expect(outputs.length).toBeGreaterThan(COUNT * 10);
  expect(outputs.flatMap((output) => leaked(output) ?? [])).toEqual([]);
  for (const name of await readdir(folder)) {
    expect(leaked(name)).toBeUndefined();
    expect(leaked(await readFile(path.join(folder, name), "utf8"))).toBeUndefined();
  }
});

test("no table holds one in clear, but for those of clinical facts", async () => {
  const { rows } = await db().pool.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'signal', 'clinical') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND has_table_privilege(c.oid, 'SELECT')`,
  );
  expect(rows.length).toBeGreaterThan(20);
  const hits: string[] = [];
  for (const { name } of rows) {
    const { rows: texts } = await db().pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    if (texts.some(({ text }) => leaked(text) !== undefined)) hits.push(name);
  }
  expect(hits.sort()).toEqual(["clinical.fact", "clinical.fact_version"]);
});

test("and the search finds what it looks for", () => {
  for (const { value, family } of canaries) {
    expect(leaked(`a line with ${value}`)).toBe(value);
    expect(leaked(`a line with ${family}, and more`)).toBe(family);
  }
});
