import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { Item } from "@/lib/core/message/schema";
import { readReasonCounts } from "@/lib/db/failure-reasons";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { interfaceCsv } from "@/lib/services/interfaces/interface-csv";
import { listChanges } from "@/lib/services/interfaces/list-changes";
import { listInterfaces } from "@/lib/services/interfaces/list-interfaces";
import { readInterface } from "@/lib/services/interfaces/read-interface";
import { readQueues } from "@/lib/services/interfaces/read-queues";
import { readReasons } from "@/lib/services/interfaces/read-reasons";
import { updateInterface } from "@/lib/services/interfaces/update-interface";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const system: Actor = { kind: "system", name: "test" };
const now = new Date("2026-03-10T12:00:00Z");
const range = { from: new Date("2026-03-10T00:00:00Z"), to: now };
const analyst: Actor = {
  kind: "user",
  id: "6f1f1c3e-0000-4000-8000-000000000003",
  name: "A",
  email: "a@example.org",
  grants: everywhere("interface-analyst"),
};
let interfaceId = 0;
let legIds: readonly number[] = [];

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  const at = (minutes: number) => new Date(range.from.getTime() + minutes * 60_000);
  const items: Item[] = [
    {
      kind: "interface",
      interface: "orders",
      name: "Orders",
      state: "STARTED",
      revision: 3,
      legs: [
        { leg: "0", name: "in", direction: "source", ordinal: 0 },
        { leg: "1", name: "RIS", direction: "destination", ordinal: 1 },
      ],
    },
    { kind: "change", interface: "orders", at: at(30), change: "deployed", detail: "revision 3" },
    { kind: "change", at: at(45), change: "restarted" },
    ...[10, 70, 71].map((minutes, i) => ({
      kind: "gauge" as const,
      interface: "orders",
      leg: "1",
      metric: "queueDepth",
      at: at(minutes),
      value: [2, 9, 4][i] ?? 0,
    })),
    ...Array.from({ length: 60 }, (_, i) => [
      aDelivery({
        interface: "orders",
        leg: "0",
        direction: "source",
        messageId: String(i),
        receivedAt: at(i * 10),
      }),
      aDelivery({
        interface: "orders",
        leg: "1",
        messageId: String(i),
        receivedAt: at(i * 10),
        ...(i % 10 === 0
          ? {
              outcome: "failed" as const,
              state: "error" as const,
              reason: i === 0 ? ("tls" as const) : ("nack_ae" as const),
            }
          : {}),
      }),
    ]).flat(),
  ];
  await storeBatch({ sourceId, batch: batchOf(...items), now });
  await rollUp.run({ signal: new AbortController().signal, now: () => now });
  const legs = await db().prisma.leg.findMany({ orderBy: { ordinal: "asc" } });
  legIds = legs.map(({ id }) => id);
  interfaceId = legs[0]?.interfaceId ?? 0;
});

describe("one interface", () => {
  test("has figures of its own and of each leg", async () => {
    const { row, legs } = await readInterface(system, { interfaceId, range });
    expect(row.figures).toMatchObject({ messages: 60, failed: 6, failureRate: 0.1 });
    expect(legs.map(({ leg, failureRate }) => [leg.name, failureRate])).toEqual([
      ["in", 0],
      ["RIS", 0.1],
    ]);
    expect(row.queueDepth).toBe(4);
  });

  test("tells why deliveries failed, most frequent first", async () => {
    const reasons = await readReasons(system, { legIds, range });
    expect(reasons.map(({ reason, failed }) => [reason, failed])).toEqual([
      ["nack_ae", 5],
      ["tls", 1],
    ]);
  });

  test("counts reasons over no more than the newest failures of a leg, to a cap", async () => {
    const reasons = await readReasonCounts({ legIds, range, cap: 3 });
    expect(reasons.map(({ reason, failed }) => [reason, failed])).toEqual([["nack_ae", 3]]);
    expect(reasons[0]?.firstAt).toEqual(new Date("2026-03-10T05:00:00Z"));
  });

  test("draws the longest queue of each bucket, and a gap where none was measured", async () => {
    const ask = { range, bucket: { unit: "hour", count: 1 }, zone: "UTC", legIds };
    const { highs } = await readQueues(system, ask);
    expect(highs.get(legIds[1] ?? 0)?.slice(0, 3)).toEqual([2, 9, null]);
    expect(highs.get(legIds[0] ?? 0)?.every((high) => high === null)).toBe(true);
  });

  test("shows its own changes and those of its source", async () => {
    const changes = await listChanges(system, { interfaceId, range });
    expect(changes.map(({ kind, isOfSource }) => [kind, isOfSource])).toEqual([
      ["restarted", true],
      ["deployed", false],
    ]);
  });

  test("leaves as CSV with every leg in every bucket", async () => {
    const csv = await interfaceCsv(system, { interfaceId, range, zone: "UTC" });
    const lines = csv.trim().split("\r\n");
    expect(lines[0]).toContain("failure_rate");
    const failed = lines.slice(1).map((line) => Number(line.split(",")[6] || 0));
    expect(failed.reduce((sum, count) => sum + count, 0)).toBe(6);
  });

  test("is not found where there is none", async () => {
    await expect(readInterface(system, { interfaceId: 99_999, range })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("what people say of an interface", () => {
  const details = {
    sender: " EHR ",
    messageClass: "Orders",
    department: "",
    owner: "Team",
    criticality: "high",
  };

  test("is kept, trimmed, with the changed fields in the audit trail", async () => {
    await updateInterface(analyst, { ...details, interfaceId });
    const { record } = await readInterface(system, { interfaceId, range });
    expect(record).toMatchObject({
      sender: "EHR",
      messageClass: "Orders",
      department: null,
      criticality: "high",
    });
    const { rows } = await db().pool.query(
      "SELECT action, entity_id, detail FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toEqual([
      {
        action: "U",
        entity_id: String(interfaceId),
        detail: { changed: ["sender", "messageClass", "owner", "criticality"] },
      },
    ]);
  });

  test("finds it in the list by sender, owner, class and state", async () => {
    const shown = async (filter: object) => (await listInterfaces(system, { range, ...filter })).rows.length;
    expect(await shown({ text: "ehr" })).toBe(1);
    expect(await shown({ messageClass: "Orders" })).toBe(1);
    expect(await shown({ messageClass: "Results" })).toBe(0);
    expect(await shown({ text: "nobody" })).toBe(0);
  });

  test("is refused to who only watches, and the refusal is written down", async () => {
    const reviewer: Actor = { ...analyst, grants: everywhere("clinical-reviewer") };
    await expect(updateInterface(reviewer, { ...details, interfaceId })).rejects.toMatchObject({
      code: "forbidden",
    });
    const { rows } = await db().pool.query("SELECT outcome FROM signal.audit_leaf ORDER BY id DESC LIMIT 1");
    expect(rows).toEqual([{ outcome: "denied" }]);
  });
});
