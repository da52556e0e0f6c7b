import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { listMessages } from "@/lib/services/messages/list-messages";
import { readContent } from "@/lib/services/messages/read-content";
import { readMessage } from "@/lib/services/messages/read-message";
import { searchMessages } from "@/lib/services/messages/search-messages";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date("2026-03-10T12:00:00Z");
const range = { from: new Date("2026-03-09T00:00:00Z"), to: now };
const analyst: Actor = {
  kind: "user",
  id: "6f1f1c3e-0000-4000-8000-000000000001",
  name: "A",
  email: "a@example.org",
  grants: everywhere("interface-analyst"),
};
const patient = { value: "900001", assigningAuthority: "GENERAL" };

/** One message on its way in and to two destinations. */
function message(messageId: string, over: Partial<DeliveryObservation> = {}): readonly DeliveryObservation[] {
  const shared = {
    messageId,
    controlId: `C-${messageId}`,
    interface: "orders",
    interfaceName: "Orders",
    receivedAt: new Date("2026-03-10T10:00:00Z"),
    ...over,
  };
  return [
    aDelivery({ ...shared, leg: "0", legName: "in", direction: "source" }),
    aDelivery({ ...shared, leg: "1", legName: "RIS" }),
    aDelivery({ ...shared, leg: "2", legName: "LAB", outcome: "failed", state: "error", reason: "nack_ae" }),
  ];
}

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  await storeBatch({
    sourceId,
    batch: batchOf(
      ...message("1", { accession: "ACC-1", orderNumber: "O-1", patient }),
      ...message("2", { replayOf: "1", receivedAt: new Date("2026-03-10T11:00:00Z"), controlId: "C-1" }),
      ...message("3", { interface: "results", interfaceName: "Results", controlId: "C-1" }),
    ),
    now,
  });
  await db().prisma.interface.updateMany({
    where: { externalId: "orders" },
    data: { columnMapping: { mrn: "MRN", mrnAuthority: "GENERAL" }, columns: ["MRN"] },
  });
});

async function trail() {
  const { rows } = await db().pool.query<{ entity_type: string; entity_id: string; detail: unknown }>(
    "SELECT entity_type, entity_id, detail FROM signal.audit_leaf ORDER BY id",
  );
  return rows;
}

const find = (input: unknown) => searchMessages(analyst, input);
const legsOf = async (input: unknown) =>
  (await find(input)).rows.map((row) => `${row.interface}/${row.leg}/${row.engineMessageId}`).toSorted();

describe("finding messages by an identifier", () => {
  test("shows every leg of every message with a control id, over all interfaces", async () => {
    expect(await legsOf({ text: "C-1" })).toEqual([
      "Orders/LAB/1",
      "Orders/LAB/2",
      "Orders/RIS/1",
      "Orders/RIS/2",
      "Orders/in/1",
      "Orders/in/2",
      "Results/LAB/3",
      "Results/RIS/3",
      "Results/in/3",
    ]);
  });

  test("says in which field the identifier stood", async () => {
    const found = await Promise.all(
      ["ACC-1", "O-1", patient.value].map(
        async (text) => new Set((await find({ text })).rows.map((row) => row.foundIn)),
      ),
    );
    expect(found).toEqual([new Set(["accession"]), new Set(["orderNumber"]), new Set(["patient"])]);
  });

  test("finds an MRN only together with its issuer", async () => {
    expect((await find({ text: patient.value, issuer: "OTHER" })).rows).toEqual([]);
    expect((await find({ text: patient.value, issuer: "general" })).rows).toHaveLength(3);
    expect((await find({ text: patient.value })).issuers).toEqual(["GENERAL"]);
  });

  test("compares whole: a part of an identifier finds nothing", async () => {
    expect((await find({ text: "ACC" })).rows).toEqual([]);
  });

  test("writes down that somebody searched, and not what for", async () => {
    await find({ text: patient.value, issuer: "GENERAL" });
    const last = (await trail()).at(-1);
    expect(last).toMatchObject({ entity_type: "message-search", detail: { issuer: "GENERAL" } });
    expect(JSON.stringify(await trail())).not.toContain(patient.value);
  });

  test("is refused to a department owner", async () => {
    const owner: Actor = { ...analyst, grants: everywhere("department-owner") };
    await expect(searchMessages(owner, { text: "C-1" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("one message", () => {
  async function place(leg: string, messageId: string) {
    const { rows } = await listMessages(analyst, { range });
    const row = rows.find(
      (one) => one.leg === leg && one.engineMessageId === messageId && one.interface === "Orders",
    );
    if (!row) throw new Error("no such delivery");
    return { legId: row.legId, receivedAt: row.receivedAt, id: row.id };
  }

  test("shows its way through every leg, the chosen one marked", async () => {
    const view = await readMessage(analyst, await place("LAB", "1"));
    expect(view.legs.map(({ leg, delivery }) => [leg.name, delivery.outcome])).toEqual([
      ["in", "ok"],
      ["RIS", "ok"],
      ["LAB", "failed"],
    ]);
    expect(view.chosen.leg.name).toBe("LAB");
    expect(view.chosen.delivery).toMatchObject({ reason: "nack_ae", accession: "ACC-1", hasPatient: true });
  });

  test("knows its replays, what it repeats, and who shares its control id", async () => {
    const first = await readMessage(analyst, await place("RIS", "1"));
    expect(first.replays.map((row) => row.engineMessageId)).toEqual(["2"]);
    const second = await readMessage(analyst, await place("RIS", "2"));
    expect(second.original?.engineMessageId).toBe("1");
    expect(new Set(second.sameControlId.map((row) => row.interface))).toEqual(new Set(["Orders", "Results"]));
  });

  test("notes who looked at it", async () => {
    const wanted = await place("RIS", "1");
    await readMessage(analyst, wanted);
    expect((await trail()).at(-1)).toMatchObject({
      entity_type: "message",
      entity_id: `${wanted.legId}.${wanted.receivedAt.getTime()}.${wanted.id}`,
    });
  });

  test("is not found under the id of another", async () => {
    const wanted = await place("RIS", "1");
    await expect(readMessage(analyst, { ...wanted, id: "1" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("keeps its content closed, and writes no disclosure that did not happen", async () => {
    const wanted = await place("RIS", "1");
    const before = (await trail()).length;
    await expect(readContent(analyst, wanted)).rejects.toMatchObject({ code: "not_available" });
    expect(await trail()).toHaveLength(before);
  });
});
