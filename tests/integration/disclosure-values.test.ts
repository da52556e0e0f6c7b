import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { type Grant, roles } from "@/lib/core/authz/role";
import { openingsPerHour, valuesShownMs } from "@/lib/core/disclosure/values-grant";
import { printPlace } from "@/lib/core/message/delivery-place";
import { findLiveDisclosure, insertDisclosureGrant } from "@/lib/db/disclosures";
import { inTransaction } from "@/lib/db/transaction";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { startEngine } from "@/lib/demo/engine/start-engine";
import { storeBatch } from "@/lib/ingest/pipeline";
import { areValuesOpen } from "@/lib/services/disclosure/are-values-open";
import { readValues } from "@/lib/services/disclosure/read-values";
import { showValues } from "@/lib/services/disclosure/show-values";
import { readContent } from "@/lib/services/messages/read-content";
import { createSource } from "@/lib/services/sources/create-source";
import { aPerson } from "@/tests/support/people";
import { aDelivery, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const ADT = "dddd0001-0000-4000-8000-000000000001";
const receivedAt = new Date("2026-03-10T12:00:00.000Z");
const patient = { value: "MRN-4711-X", assigningAuthority: "GENERAL" };
const why = { reason: "failed-delivery", reasonText: "The laboratory says it never arrived." };
const MESSAGES = openingsPerHour + 1;

let engineNow = receivedAt.getTime();
let stopEngine: () => Promise<void> = async () => undefined;
type Place = { readonly legId: number; readonly receivedAt: Date; readonly id: string };
const places: Place[] = [];

/** An engine with messages in one department's channel, each known to us on its way in. */
beforeAll(async () => {
  const channel = aChannel({ id: ADT, name: "ADT", destinations: [aDestination({ name: "Registry" })] });
  const engine = await startEngine({ seed: 1, now: () => new Date(engineNow), port: 0, channels: [channel] });
  stopEngine = () => engine.stop();
  for (let i = 0; i < MESSAGES; i++) {
    engine.post({ channelId: ADT, wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } } });
  }
  engineNow += 60_000;
  const { id: sourceId } = await createSource(
    { kind: "system", name: "test" },
    {
      kind: "mirth",
      name: "engine",
      config: { url: engine.url, username: engine.credentials.username },
      secrets: { password: engine.credentials.password },
    },
  );
  const source = {
    interface: ADT,
    interfaceName: "ADT",
    leg: "0",
    legName: "in",
    direction: "source",
  } as const;
  const messages = Array.from({ length: MESSAGES }, (_, i) =>
    aDelivery({ ...source, messageId: String(i + 1), receivedAt, patient }),
  );
  await storeBatch({ sourceId, batch: batchOf(...messages), now: receivedAt });
  await db().prisma.interface.updateMany({ data: { department: "Radiology" } });
  const { rows } = await db().pool.query<Place>(
    `SELECT leg_id AS "legId", received_at AS "receivedAt", id::text FROM signal.delivery ORDER BY engine_message_id::int`,
  );
  places.push(...rows);
});
afterAll(() => stopEngine());

/** A person who proved a second factor so long ago. */
function proven(grants: readonly Grant[], agoMs = 0): Extract<Actor, { kind: "user" }> {
  return { ...aPerson(grants), factorAt: new Date(Date.now() - agoMs) };
}
const anAnalyst = () => proven([{ role: "interface-analyst", department: undefined }]);
function place(i = 0): Place {
  const found = places[i];
  if (found === undefined) throw new Error("no such message");
  return found;
}
async function linesOf(actor: { readonly id: string }) {
  const { rows } = await db().pool.query(
    `SELECT permission, entity_type AS type, entity_id AS id, outcome, detail
     FROM signal.audit_leaf WHERE actor_id = $1 ORDER BY audit_leaf.id`,
    [actor.id],
  );
  return rows;
}

/** A grant as it was made so long ago. */
async function grantFrom(actor: { readonly id: string }, agoMs: number): Promise<Date> {
  const grantedAt = new Date(Date.now() - agoMs);
  const expiresAt = new Date(grantedAt.getTime() + valuesShownMs);
  const grant = { id: randomUUID(), userId: actor.id, place: place(), grantedAt, expiresAt };
  await inTransaction((tx) =>
    insertDisclosureGrant(tx, { ...grant, reason: "patient-care", reasonText: "written by a test" }),
  );
  return expiresAt;
}

describe("the values of a message", () => {
  test("are masked until they are asked for, then open to this person for this message", async () => {
    const analyst = anAnalyst();
    await expect(readValues(analyst, place())).rejects.toMatchObject({ code: "not_available" });
    const { remainingMs } = await showValues(analyst, { ...place(), ...why });
    expect(remainingMs).toBe(valuesShownMs);
    const { parts } = await readValues(analyst, place());
    const raw = parts.find(({ part }) => part === "raw")?.text ?? "";
    const family = /PID\|[^\r]*?\|\|([^|^]+)\^/.exec(raw)?.[1] ?? "";
    expect(family).not.toBe("");
    expect(JSON.stringify(await readContent(analyst, place()))).not.toContain(family);
    await expect(readValues(analyst, place(1))).rejects.toMatchObject({ code: "not_available" });
    await expect(readValues(anAnalyst(), place())).rejects.toMatchObject({ code: "not_available" });
  });

  test("leave one line in the audit trail, with the message and the patient by reference", async () => {
    const analyst = anAnalyst();
    await showValues(analyst, { ...place(), ...why });
    await readValues(analyst, place());
    await readValues(analyst, place());
    const lines = await linesOf(analyst);
    expect(lines).toMatchObject([
      {
        permission: "message.unmask",
        type: "message-values",
        id: printPlace(place()),
        detail: {
          reason: "failed-delivery",
          patientRefs: [expect.stringMatching(/^[0-9a-f-]{36}\.[\w-]+$/)],
        },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(patient.value);
    expect(JSON.stringify(lines)).not.toContain(why.reasonText);
  });

  test("are masked again by the server when ten minutes are over", async () => {
    const analyst = anAnalyst();
    const expiresAt = await grantFrom(analyst, 60_000);
    const at = (ms: number) =>
      findLiveDisclosure({
        userId: analyst.id,
        place: place(),
        now: new Date(expiresAt.getTime() + ms),
      });
    expect((await at(-1))?.expiresAt).toEqual(expiresAt);
    expect(await at(0)).toBeUndefined();
    expect(await areValuesOpen(analyst, place())).toBe(true);

    const late = anAnalyst();
    await grantFrom(late, valuesShownMs);
    expect(await areValuesOpen(late, place())).toBe(false);
    await expect(readValues(late, place())).rejects.toMatchObject({ code: "not_available" });
  });

  test("cannot be prolonged while they are open", async () => {
    const analyst = anAnalyst();
    await showValues(analyst, { ...place(), ...why });
    await expect(showValues(analyst, { ...place(), ...why })).rejects.toMatchObject({ code: "conflict" });
    expect(await linesOf(analyst)).toHaveLength(1);
  });

  test("are of one message a time: a list is refused, and so is the eleventh within an hour", async () => {
    const analyst = anAnalyst();
    await expect(showValues(analyst, { ...why, places: [place(), place(1)] })).rejects.toMatchObject({
      code: "bad_request",
    });
    await expect(showValues(analyst, [{ ...place(), ...why }])).rejects.toMatchObject({
      code: "bad_request",
    });
    for (let i = 0; i < openingsPerHour; i++) await showValues(analyst, { ...place(i), ...why });
    await expect(showValues(analyst, { ...place(openingsPerHour), ...why })).rejects.toMatchObject({
      code: "rate_limited",
    });
    expect(await linesOf(analyst)).toHaveLength(openingsPerHour);
  });

  test("asked for twice at once are granted once", async () => {
    const analyst = anAnalyst();
    const asks = await Promise.allSettled([1, 2].map(() => showValues(analyst, { ...place(), ...why })));
    expect(asks.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await linesOf(analyst)).toHaveLength(1);
  });

  test.each([
    { title: "no reason from the list", input: { ...why, reason: "curiosity" } },
    { title: "no words of one's own", input: { ...why, reasonText: "   because   " } },
    { title: "nothing but a quoted name", input: { ...why, reasonText: '"Mustermann, Erika"' } },
  ])("are refused with $title", async ({ input }) => {
    await expect(showValues(anAnalyst(), { ...place(), ...input })).rejects.toMatchObject({
      code: "bad_request",
    });
  });

  test("need a second factor that was proved within five minutes", async () => {
    const ask = { ...place(), ...why };
    const everywhere = [{ role: "interface-analyst", department: undefined }] as const;
    for (const stale of [
      { ...aPerson(everywhere), factorAt: undefined },
      proven(everywhere, 5 * 60_000 + 1_000),
    ]) {
      await expect(showValues(stale, ask)).rejects.toMatchObject({ code: "step_up_required" });
      await expect(readValues(stale, place())).rejects.toMatchObject({ code: "not_available" });
    }
    expect(await showValues(proven(everywhere, 4 * 60_000), ask)).toBeDefined();
  });
});

describe("who may see values", () => {
  const may = ["administrator", "interface-analyst", "him-specialist"];

  test.each(roles)("%s", async (role) => {
    const asked = showValues(proven([{ role, department: undefined }]), { ...place(), ...why });
    if (may.includes(role)) expect(await asked).toMatchObject({ remainingMs: valuesShownMs });
    else await expect(asked).rejects.toMatchObject({ code: "forbidden" });
  });

  test("an analyst of a department does not find a message of another", async () => {
    const ask = { ...place(), ...why };
    const of = (department: string) => proven([{ role: "interface-analyst", department }]);
    expect(await showValues(of("Radiology"), ask)).toBeDefined();
    const other = of("Laboratory");
    await expect(showValues(other, ask)).rejects.toMatchObject({ code: "not_found" });
    expect(await linesOf(other)).toEqual([]);
  });

  test("a denied attempt is in the audit trail", async () => {
    const reporter = proven([{ role: "reporter", department: undefined }]);
    await expect(showValues(reporter, { ...place(), ...why })).rejects.toMatchObject({ code: "forbidden" });
    expect(await linesOf(reporter)).toMatchObject([{ outcome: "denied", permission: "message.unmask" }]);
  });
});

test("the application can neither change nor remove what was granted", async () => {
  const analyst = anAnalyst();
  await grantFrom(analyst, 0);
  for (const sql of [
    "UPDATE signal.disclosure_grant SET expires_at = expires_at + interval '1 second'",
    "DELETE FROM signal.disclosure_grant",
    "TRUNCATE signal.disclosure_grant",
  ]) {
    await expect(db().pool.query(sql)).rejects.toThrow("permission denied");
  }
});
