import { beforeAll, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { storeBatch } from "@/lib/ingest/pipeline";
import { findPatientAccess } from "@/lib/services/disclosure/find-patient-access";
import { readMessage } from "@/lib/services/messages/read-message";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { withInstallation } from "@/tests/support/backups";
import { documentOf, signalbox } from "@/tests/support/command-line";
import { aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf } from "@/tests/support/storage";

const place = withInstallation();
const patient = { value: "MRN-ERASE-1", assigningAuthority: "GENERAL" };
const reader = aPerson(everywhere("interface-analyst"));
const line = "patient erase --issuer GENERAL --reason order-of-the-authority";

beforeAll(async () => {
  const { db } = place();
  const receivedAt = new Date(Date.now() - 60_000);
  const batch = batchOf(aDelivery({ messageId: "seen", receivedAt, patient }));
  await storeBatch({ sourceId: await addSource(db, "engine"), batch, now: receivedAt });
  const { rows } = await db.pool.query(
    `SELECT leg_id AS "legId", received_at AS "receivedAt", id::text FROM signal.delivery`,
  );
  await readMessage(reader, rows[0]);
  await sealTrail({ now: () => new Date() });
});

/** Whom the trail tells of having come near the patient, but for those who ask this. */
async function readers(): Promise<readonly (string | undefined)[]> {
  const officer = aPerson(everywhere("privacy-officer"));
  const range = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
  const { rows } = await findPatientAccess(officer, { ...patient, range });
  return rows.filter(({ act }) => act !== "patient-audit").map(({ actorId }) => actorId);
}

test("a patient is not erased without being told that it cannot be undone", async () => {
  const end = await signalbox(line, { input: `${patient.value}\n` });
  expect(end).toMatchObject({ code: 2, stdout: "" });
  expect(end.stderr).toContain("add --yes to go on");
  expect(await readers()).toEqual([reader.id]);
});

test("an erased patient is found in the trail no more, which still verifies", async () => {
  const end = await signalbox(`${line} --yes --json`, { input: `${patient.value}\n` });
  expect({ code: end.code, document: documentOf(end) }).toEqual({
    code: 0,
    document: { keyId: expect.stringMatching(/^[0-9a-f-]{36}$/), facts: 0 },
  });
  expect(end.stdout + end.stderr).not.toContain(patient.value);
  expect(await readers()).toEqual([]);
  const { rows } = await place().db.pool.query(
    "SELECT actor_id AS by, action, detail FROM signal.audit_leaf WHERE entity_type = 'patient-key'",
  );
  expect(rows).toEqual([{ by: "cli", action: "D", detail: { reason: "order-of-the-authority", facts: 0 } }]);

  await sealTrail({ now: () => new Date() });
  const verified = await signalbox("audit verify --json");
  expect({ code: verified.code, document: documentOf(verified) }).toMatchObject({
    code: 0,
    document: { ok: true },
  });
});

test("a patient whom the trail does not name cannot be erased from it", async () => {
  const end = await signalbox(`${line} --yes --json`, { input: "MRN-NEVER-SEEN\n" });
  expect(end).toMatchObject({
    code: 1,
    stdout: "",
    stderr: "Neither the audit trail nor any exam names such a patient.\n",
  });
});
