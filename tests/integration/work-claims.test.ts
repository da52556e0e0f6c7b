import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Grant, roles } from "@/lib/core/authz/role";
import { printPlace } from "@/lib/core/message/delivery-place";
import { claimMs, claimsAtOnce } from "@/lib/core/work/claim";
import { inTransaction } from "@/lib/db/transaction";
import { insertClaim } from "@/lib/db/work-claims";
import { keepRejects } from "@/lib/ingest/keep-rejects";
import { storeBatch } from "@/lib/ingest/pipeline";
import { discardDeadLetter } from "@/lib/services/dead-letters/discard-dead-letter";
import { readDeadLetter } from "@/lib/services/dead-letters/read-dead-letter";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { areValuesOpen } from "@/lib/services/disclosure/are-values-open";
import { claimItem } from "@/lib/services/work/claim-item";
import { listClaims, readClaimStates } from "@/lib/services/work/list-claims";
import { releaseClaim } from "@/lib/services/work/release-claim";
import { renewClaim } from "@/lib/services/work/renew-claim";
import { addPerson, aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date();
const patient = { value: "MRN-4711-X", assigningAuthority: "GENERAL" };
const analyst = (department?: string) => aPerson([{ role: "interface-analyst", department }]);
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
  const receivedAt = new Date(now.getTime() - 60_000);
  const delivery = aDelivery({ receivedAt, patient });
  const failed = { ...delivery, state: "error", outcome: "failed", messageId: "failed" } as const;
  await storeBatch({ sourceId, batch: batchOf(delivery, failed), now });
  await db().prisma.interface.updateMany({ data: { department: "Radiology" } });
});

let payloads = 0;
async function aLetter(): Promise<string> {
  const payload = JSON.stringify({ kind: "delivery", number: ++payloads, patient });
  const reject = { reason: "invalid_item", detail: "", contentKind: "item", payload } as const;
  const [id = ""] = await keepRejects({ sourceId, rejects: [reject], now });
  return id;
}
const letterItem = (id: string) => ({ kind: "dead-letter", id }) as const;

async function placeOf(messageId: string) {
  const { rows } = await db().pool.query<{ legId: number; receivedAt: Date; id: string }>(
    `SELECT leg_id AS "legId", received_at AS "receivedAt", id::text FROM signal.delivery WHERE engine_message_id = $1`,
    [messageId],
  );
  const [place] = rows;
  if (place === undefined) throw new Error("no such message");
  return place;
}

async function linesOf(actor: { readonly id: string }) {
  const { rows } = await db().pool.query(
    `SELECT action, permission, entity_type AS type, entity_id AS id, outcome, detail
     FROM signal.audit_leaf WHERE actor_id = $1 ORDER BY audit_leaf.id`,
    [actor.id],
  );
  return rows;
}

/** A claim as it was begun so long ago. */
async function claimFrom(actor: { readonly id: string }, id: string, agoMs: number): Promise<string> {
  const claimId = randomUUID();
  const claimedAt = new Date(Date.now() - agoMs);
  const expiresAt = new Date(claimedAt.getTime() + claimMs);
  const claim = { ...letterItem(id), claimId, userId: actor.id, claimedAt, expiresAt, sourceId };
  await inTransaction((tx) => insertClaim(tx, { ...claim, interfaceId: undefined }));
  return claimId;
}

describe("a claim of a dead letter", () => {
  test("opens what was sent to this person alone, without a fresh factor", async () => {
    const id = await aLetter();
    const stale = { ...analyst(), factorAt: new Date(Date.now() - 3_600_000) };
    await expect(readDeadLetter(stale, { id })).rejects.toMatchObject({ code: "not_available" });
    await claimItem(stale, letterItem(id));
    const { payload, remainingMs } = await readDeadLetter(stale, { id });
    expect(JSON.parse(payload)).toMatchObject({ patient });
    expect(remainingMs).toBeLessThanOrEqual(claimMs);
    await expect(readDeadLetter(analyst(), { id })).rejects.toMatchObject({ code: "not_available" });
    await expect(readDeadLetter(stale, { id: await aLetter() })).rejects.toMatchObject({
      code: "not_available",
    });
  });

  test("leaves one line, with the item as its reason and the patient by reference", async () => {
    const id = await aLetter();
    const person = analyst();
    await claimItem(person, letterItem(id));
    await readDeadLetter(person, { id });
    await readDeadLetter(person, { id });
    const lines = await linesOf(person);
    expect(lines).toMatchObject([
      {
        action: "R",
        permission: "work.claim",
        type: "work-claim",
        id: `dead-letter/${id}`,
        detail: {
          reason: `dead-letter/${id}`,
          patientRefs: [expect.stringMatching(/^[0-9a-f-]{36}\.[\w-]+$/)],
        },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(patient.value);
  });

  test("is one person's at a time, also asked for at once", async () => {
    const id = await aLetter();
    const asks = await Promise.allSettled(
      [analyst(), analyst()].map((one) => claimItem(one, letterItem(id))),
    );
    expect(asks.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(claimItem(analyst(), letterItem(id))).rejects.toMatchObject({ code: "conflict" });
  });

  test("keeps others from settling the letter, and ends when it is settled", async () => {
    const id = await aLetter();
    const person = analyst();
    await claimItem(person, letterItem(id));
    for (const settle of [retryDeadLetter, discardDeadLetter]) {
      await expect(settle(analyst(), { id, because: "mine" })).rejects.toMatchObject({ code: "conflict" });
    }
    await discardDeadLetter(person, { id, because: "test message of the vendor" });
    await expect(readDeadLetter(person, { id })).rejects.toMatchObject({ code: "not_available" });
    await expect(claimItem(person, letterItem(id))).rejects.toMatchObject({ code: "conflict" });
  });

  test("is released at once, and then free for others", async () => {
    const id = await aLetter();
    const [person, other] = [analyst(), analyst()];
    const { claimId } = await claimItem(person, letterItem(id));
    await expect(releaseClaim(other, { claimId })).rejects.toMatchObject({ code: "not_found" });
    await releaseClaim(person, { claimId });
    await expect(readDeadLetter(person, { id })).rejects.toMatchObject({ code: "not_available" });
    await claimItem(other, letterItem(id));
    expect((await linesOf(person)).map(({ action, detail }) => [action, detail.state])).toEqual([
      ["R", undefined],
      ["U", "released"],
    ]);
  });

  test("is over after half an hour, cannot be renewed then, and is taken over with whose it was on record", async () => {
    const id = await aLetter();
    const person = await addPerson(db(), [{ role: "interface-analyst", department: undefined }]);
    const claimId = await claimFrom(person, id, claimMs);
    await expect(readDeadLetter(person, { id })).rejects.toMatchObject({ code: "not_available" });
    await expect(renewClaim(person, { claimId })).rejects.toMatchObject({ code: "not_found" });
    const other = analyst();
    expect(await readClaimStates(other, { kind: "dead-letter", ids: [id] })).toMatchObject([
      { kind: "expired", holder: person.name },
    ]);
    expect(await claimItem(other, letterItem(id))).toMatchObject({ takenOverFrom: person.id });
    expect(await linesOf(other)).toMatchObject([{ detail: { takenOverFrom: person.id } }]);
  });

  test("is renewed for half an hour from now while it runs", async () => {
    const id = await aLetter();
    const person = analyst();
    const claimId = await claimFrom(person, id, claimMs / 2);
    const { expiresAt } = await renewClaim(person, { claimId });
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + claimMs / 2);
    expect(await linesOf(person)).toMatchObject([{ action: "U", permission: "work.claim" }]);
  });

  test("is one of five at once", async () => {
    const person = analyst();
    for (let i = 0; i < claimsAtOnce; i++) await claimItem(person, letterItem(await aLetter()));
    await expect(claimItem(person, letterItem(await aLetter()))).rejects.toMatchObject({ code: "conflict" });
    const { mine, others } = await listClaims(person, {});
    expect(mine).toHaveLength(claimsAtOnce);
    expect(others.length).toBeGreaterThan(0);
  });
});

describe("a claim of a failed message", () => {
  test("opens its values, and those of no message that arrived", async () => {
    const [failed, sent] = [await placeOf("failed"), await placeOf(aDelivery().messageId)];
    const person = analyst();
    expect(await areValuesOpen(person, failed)).toBe(false);
    await claimItem(person, { kind: "failed-message", id: printPlace(failed) });
    expect(await areValuesOpen(person, failed)).toBe(true);
    expect(await areValuesOpen(person, sent)).toBe(false);
    await expect(claimItem(person, { kind: "failed-message", id: printPlace(sent) })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await linesOf(person)).toMatchObject([
      { id: `failed-message/${printPlace(failed)}`, detail: { patientRefs: [expect.any(String)] } },
    ]);
  });
});

describe("who may claim", () => {
  const may = ["administrator", "interface-analyst"];

  test.each(roles)("a dead letter as %s", async (role) => {
    const person = aPerson([{ role, department: undefined }]);
    const asked = claimItem(person, letterItem(await aLetter()));
    if (may.includes(role)) expect(await asked).toMatchObject({ userId: person.id });
    // HIM specialists claim messages; a dead letter is none of theirs, and to them is not there.
    else if (role === "him-specialist") await expect(asked).rejects.toMatchObject({ code: "not_found" });
    else {
      await expect(asked).rejects.toMatchObject({ code: "forbidden" });
      expect(await linesOf(person)).toMatchObject([{ outcome: "denied", permission: "work.claim" }]);
    }
  });

  test.each<{ title: string; grants: readonly Grant[] }>([
    {
      title: "an analyst of another department",
      grants: [{ role: "interface-analyst", department: "Laboratory" }],
    },
    {
      title: "an analyst elsewhere who is a HIM specialist here",
      grants: [
        { role: "interface-analyst", department: "Laboratory" },
        { role: "him-specialist", department: "Radiology" },
      ],
    },
  ])("not $title", async ({ grants }) => {
    const person = aPerson(grants);
    await expect(claimItem(person, letterItem(await aLetter()))).rejects.toMatchObject({ code: "not_found" });
    expect(await linesOf(person)).toEqual([]);
  });

  test("not by an emergency access, which is for reading", async () => {
    const breakGlassUntil = new Date(Date.now() + 60_000);
    const person = { ...analyst("Laboratory"), breakGlassUntil };
    await expect(
      claimItem(person, { kind: "failed-message", id: printPlace(await placeOf("failed")) }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

test("the application can end and prolong a claim, and change or remove nothing else of it", async () => {
  const id = await aLetter();
  const { claimId } = await claimItem(analyst(), letterItem(id));
  for (const sql of [
    `UPDATE signal.work_claim SET user_id = '${randomUUID()}'`,
    "DELETE FROM signal.work_claim",
    "TRUNCATE signal.work_claim",
  ]) {
    await expect(db().pool.query(sql)).rejects.toThrow("permission denied");
  }
  const longer = `UPDATE signal.work_claim SET expires_at = claimed_at + interval '31 minutes' WHERE id = '${claimId}'`;
  await expect(db().pool.query(longer)).rejects.toThrow("check constraint");
});
