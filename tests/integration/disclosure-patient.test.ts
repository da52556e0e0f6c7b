import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere, roles } from "@/lib/core/authz/role";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { storeExternalAudit } from "@/lib/db/external-audit";
import { addOutage } from "@/lib/db/source-outages";
import { storeBatch } from "@/lib/ingest/pipeline";
import { findPatientAccess, readCoverage } from "@/lib/services/disclosure/find-patient-access";
import { patientAccessCsv } from "@/lib/services/disclosure/patient-access-csv";
import { readMessage } from "@/lib/services/messages/read-message";
import { searchMessages } from "@/lib/services/messages/search-messages";
import { addPerson, aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const receivedAt = new Date("2026-03-10T12:00:00.000Z");
const patient = { value: "MRN-4711-X", assigningAuthority: "GENERAL" };
const other = { value: "MRN-0815-Y", assigningAuthority: "GENERAL" };
const range = { from: new Date("2026-01-01T00:00:00Z"), to: new Date(Date.now() + 3_600_000) };
const officer = aPerson(everywhere("privacy-officer"));
let nora: Extract<Actor, { kind: "user" }>;
let sourceId = 0;

type Place = { readonly legId: number; readonly receivedAt: Date; readonly id: string };

/** Two patients' messages; Nora opens one's and searches for the other; the engine tells of somebody else. */
beforeAll(async () => {
  nora = await addPerson(db(), everywhere("interface-analyst"));
  sourceId = await addSource(db(), "=Main engine");
  const messages = [patient, other].map((of, i) =>
    aDelivery({ messageId: String(i), receivedAt, patient: of }),
  );
  await storeBatch({ sourceId, batch: batchOf(...messages), now: receivedAt });
  await readMessage(nora, await placeOf("0"));
  await searchMessages(nora, { text: other.value, issuer: "general" });
  const event = {
    atMs: receivedAt.getTime(),
    id: "1",
    engineEventId: "1",
    name: "View message",
    action: "R",
  };
  await storeExternalAudit({
    sourceId,
    now: receivedAt,
    rows: [
      {
        ...event,
        outcome: "authorised",
        actorId: "7",
        actorName: "=lindqvist",
        claimedAddress: undefined,
        objectType: "message",
        objectId: "1",
        objectName: undefined,
        furtherPatientRefs: [],
        auditSource: undefined,
        observedAddress: undefined,
        patientRef: patientRef(patient),
        ownPolling: false,
        bodyDigest: 1,
        keyId: undefined,
        attributes: undefined,
      },
    ],
  });
});

async function placeOf(messageId: string): Promise<Place> {
  const { rows } = await db().pool.query<Place>(
    `SELECT leg_id AS "legId", received_at AS "receivedAt", id::text FROM signal.delivery WHERE engine_message_id = $1`,
    [messageId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no such message");
  return row;
}

const ask = (of: typeof patient) => findPatientAccess(officer, { ...of, range });
const without = (rows: Awaited<ReturnType<typeof ask>>["rows"]) =>
  rows.filter(({ act }) => act !== "patient-audit");

describe("who saw this patient", () => {
  test("tells from our own trail and from the engine's who came near this patient alone", async () => {
    const seen = without((await ask(patient)).rows);
    expect(seen.map(({ actorName, act, system }) => [actorName, act, system])).toEqual([
      [nora.name, "message", "Signalbox"],
      ["=lindqvist", "View message", "=Main engine"],
    ]);
    expect(without((await ask(other)).rows).map(({ act }) => act)).toEqual(["message-search"]);
  });

  test("knows nobody under the same number of another issuer, nor outside the range", async () => {
    expect((await ask({ ...patient, assigningAuthority: "CLINIC" })).rows.map(({ act }) => act)).toEqual([
      "patient-audit",
    ]);
    const early = { from: new Date("2026-01-01T00:00:00Z"), to: receivedAt };
    expect((await findPatientAccess(officer, { ...patient, range: early })).rows).toEqual([]);
  });

  test("is itself one line, with the patient by reference and the number nowhere", async () => {
    const lines = async () =>
      (
        await db().pool.query(
          "SELECT l.detail, l::text AS whole FROM signal.audit_leaf l WHERE actor_id = $1 ORDER BY l.id",
          [officer.id],
        )
      ).rows;
    const before = (await lines()).length;
    await ask(patient);
    const after = await lines();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)?.detail).toEqual({
      issuer: "GENERAL",
      patientRefs: [expect.stringMatching(/^[0-9a-f-]{36}\.[\w-]+$/)],
    });
    expect(JSON.stringify(after)).not.toContain(patient.value);
    expect(JSON.stringify(after)).not.toContain(patientRef(patient).toString("hex"));
  });

  test.each(roles)("asked by %s", async (role) => {
    const asked = findPatientAccess(aPerson(everywhere(role)), { ...patient, range });
    if (role === "privacy-officer" || role === "administrator") expect(await asked).toBeDefined();
    else await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each([
    { value: "", assigningAuthority: "GENERAL" },
    { value: "1", assigningAuthority: " " },
  ])("needs a number and its issuer", async (of) => {
    await expect(findPatientAccess(officer, { ...of, range })).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("the list as a file", () => {
  const file = (form: "internal" | "patient") =>
    patientAccessCsv(officer, { ...patient, range, form, zone: "Europe/Berlin" });

  test("for internal use has every id and no formula", async () => {
    const csv = await file("internal");
    expect(csv).toContain(nora.id);
    expect(csv).toContain("'=lindqvist");
    expect(csv).not.toContain(",=");
    expect(csv).not.toContain(patient.value);
  });

  test("for the patient has plain words, the hospital's clock, and no ids", async () => {
    const csv = await file("patient");
    expect(csv).toContain("When (Europe/Berlin),Who,What was done,Why,Result,In which system");
    expect(csv).toContain("2026-03-10 13:00,'=lindqvist,View message");
    expect(csv).toContain(nora.name);
    expect(csv).not.toContain(nora.id);
    expect(csv).not.toContain("message-");
  });
});

test("the statement of coverage names sources, gaps and clocks", async () => {
  const gap = { from: new Date("2026-03-09T00:00:00Z"), to: new Date("2026-03-09T02:00:00Z") };
  await addOutage({ sourceId, cause: "silent", ...gap });
  const silent = await addSource(db(), "Silent feed");
  const { ownSince, sources } = await readCoverage(officer, { range });
  expect(ownSince).toBeInstanceOf(Date);
  expect(sources).toEqual([
    {
      sourceId,
      name: "=Main engine",
      from: receivedAt,
      to: receivedAt,
      namesPatients: true,
      clockSkewMs: undefined,
      gaps: [gap],
    },
    expect.objectContaining({
      sourceId: silent,
      from: undefined,
      to: undefined,
      namesPatients: false,
      gaps: [],
    }),
  ]);
});
