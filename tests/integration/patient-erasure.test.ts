import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere, roles } from "@/lib/core/authz/role";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { storeBatch } from "@/lib/ingest/pipeline";
import { leafFor } from "@/lib/services/command";
import { erasePatient } from "@/lib/services/disclosure/erase-patient";
import { findPatientAccess } from "@/lib/services/disclosure/find-patient-access";
import { rotateKeys } from "@/lib/services/keys/rotate-keys";
import { readMessage } from "@/lib/services/messages/read-message";
import { searchMessages } from "@/lib/services/messages/search-messages";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { verifyTrail } from "@/lib/services/own-audit/verify-trail";
import { placeHold } from "@/lib/services/retention/place-hold";
import { aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const cli: Actor = { kind: "system", name: "cli" };
const receivedAt = new Date("2026-03-10T12:00:00.000Z");
const range = { from: new Date("2026-01-01T00:00:00Z"), to: new Date(Date.now() + 3_600_000) };
const named = (value: string) => ({ value, assigningAuthority: "GENERAL" });
const [erased, kept, held] = [named("ERASE-1"), named("KEEP-2"), named("HOLD-3")];
const reasonText = "Order of the supervisory authority, file 12";
const reader = aPerson(everywhere("interface-analyst"));
const officer = () => aPerson(everywhere("privacy-officer"));

/** Who came near a patient's data, without the questions of privacy officers themselves. */
async function readersOf(patient: ReturnType<typeof named>): Promise<readonly (string | undefined)[]> {
  const { rows } = await findPatientAccess(officer(), { ...patient, range });
  return rows.filter(({ act }) => act !== "patient-audit").map(({ act, actorId }) => `${act} ${actorId}`);
}

async function lines(where: string): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const { rows } = await db().pool.query<{ id: string; text: string }>(
    `SELECT id::text, l::text AS text FROM signal.audit_leaf l WHERE ${where} ORDER BY l.id`,
  );
  return rows;
}

async function placeOf(messageId: string): Promise<object> {
  const { rows } = await db().pool.query(
    `SELECT leg_id AS "legId", received_at AS "receivedAt", id::text FROM signal.delivery WHERE engine_message_id = $1`,
    [messageId],
  );
  return rows[0];
}

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  const messages = [erased, kept, held].map((patient, i) =>
    aDelivery({ messageId: String(i), receivedAt, patient }),
  );
  await storeBatch({ sourceId, batch: batchOf(...messages), now: receivedAt });
  for (const [i, patient] of [erased, kept, held].entries()) {
    await readMessage(reader, await placeOf(String(i)));
    await searchMessages(reader, { text: patient.value, issuer: "general" });
  }
});

const both = [`message-search ${reader.id}`, `message ${reader.id}`];

describe("what the trail says of patients", () => {
  test("is found by whoever asks for one, and stands in no line by number or reference", async () => {
    expect(await readersOf(erased)).toEqual(both);
    expect(await readersOf(kept)).toEqual(both);
    const all = (await lines("true")).map(({ text }) => text).join("\n");
    for (const patient of [erased, kept, held]) {
      expect(all).not.toContain(patient.value);
      expect(all).not.toContain(patientRef(patient).toString("hex"));
    }
  });

  test("is found in lines from before patients had keys of their own", async () => {
    const patient = named("OLD-4");
    const detail = { patientRefs: [patientRef(patient).toString("hex")] };
    const note = { action: "R", entityType: "message", entityId: "", detail } as const;
    const line = { actor: reader, permission: "message.read", note, now: new Date() } as const;
    await inTransaction((tx) => appendAudit(tx, leafFor({ ...line, outcome: "success" })));
    expect(await readersOf(patient)).toEqual([both[1]]);
  });

  test("is under one key, however many come first at once", async () => {
    const patient = named("CROWD-5");
    const search = () => searchMessages(reader, { text: patient.value, issuer: "GENERAL" });
    await Promise.all(Array.from({ length: 20 }, search));
    expect(await readersOf(patient)).toHaveLength(20);
    const { rows } = await db().pool.query("SELECT FROM signal.patient_key WHERE patient_ref = $1", [
      patientRef(patient),
    ]);
    expect(rows).toHaveLength(1);
  });

  test("is found after the keys of the installation were rotated", async () => {
    await rotateKeys(cli);
    expect(await readersOf(kept)).toEqual(both);
  });
});

describe("erasing a patient", () => {
  test("is for the command line alone", async () => {
    for (const role of roles) {
      await expect(erasePatient(aPerson(everywhere(role)), { ...erased, reasonText })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });

  test("is refused while the patient is on hold", async () => {
    await placeHold(officer(), { kind: "patient", ...held, reason: "File 13 of the court" });
    await expect(erasePatient(cli, { ...held, reasonText })).rejects.toMatchObject({ code: "conflict" });
    expect(await readersOf(held)).toEqual(both);
  });

  test("takes the patient out of every line, and leaves each line and the chain as they were", async () => {
    await sealTrail({ now: () => new Date() });
    const before = await lines("true");
    await erasePatient(cli, { ...erased, reasonText });
    expect(await readersOf(erased)).toEqual([]);
    expect(await readersOf(kept)).toEqual(both);
    const after = await lines("true");
    expect(after.slice(0, before.length)).toEqual(before);
    await sealTrail({ now: () => new Date() });
    const verdict = await verifyTrail(cli, {});
    expect(verdict.findings).toBe(0);
    expect(verdict.rows).toBe(after.length);
  });

  test("is one line of the trail, with its reason and without the patient", async () => {
    const [line, ...others] = await lines("entity_type = 'patient-key'");
    expect(others).toEqual([]);
    expect(line?.text).toContain("Order of the supervisory authority");
    expect(line?.text).not.toContain(erased.value);
    expect(line?.text).not.toContain(patientRef(erased).toString("hex"));
  });

  test("leaves nothing to erase, until somebody comes near the patient again: under a new key", async () => {
    await searchMessages(reader, { text: erased.value, issuer: "GENERAL" });
    expect(await readersOf(erased)).toEqual([both[0]]);
    await erasePatient(cli, { ...erased, reasonText });
    await expect(erasePatient(cli, { ...erased, reasonText })).rejects.toMatchObject({ code: "not_found" });
  });

  test("cannot be done to a key's owner by the product's own role in any other way", async () => {
    for (const statement of [
      "UPDATE signal.patient_key SET patient_ref = '\\x00'",
      "UPDATE signal.patient_key SET id = gen_random_uuid()",
      "TRUNCATE signal.patient_key",
    ]) {
      await expect(db().pool.query(statement)).rejects.toMatchObject({ code: "42501" });
    }
  });
});
