import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { MessageFilter } from "@/lib/core/message/message-filter";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { listMessages, type MessagePage } from "@/lib/services/messages/list-messages";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const system: Actor = { kind: "system", name: "test" };
const range = { from: new Date("2026-03-09T00:00:00Z"), to: new Date("2026-03-22T00:00:00Z") };
/** Between two bursts of four messages. */
const BURST_MS = 7_200_000;
const made: DeliveryObservation[] = [];

/** 600 messages of two interfaces over twelve days, in bursts that share an instant; every seventh fails. */
function traffic(): DeliveryObservation[] {
  return Array.from({ length: 600 }, (_, i) => {
    const receivedAt = new Date(range.from.getTime() + Math.floor(i / 4) * BURST_MS);
    const isFailed = i % 7 === 0;
    return aDelivery({
      interface: i % 3 === 0 ? "results" : "orders",
      leg: String(1 + (i % 2)),
      messageId: String(i),
      receivedAt,
      startedAt: receivedAt,
      sentAt: new Date(receivedAt.getTime() + 5),
      ackedAt: new Date(receivedAt.getTime() + 10 + i),
      messageType: i % 5 === 0 ? "ORU^R01" : "ORM^O01",
      ...(isFailed
        ? {
            state: "error",
            outcome: "failed",
            firstOutcome: "failed",
            reason: i % 2 ? "nack_ae" : "ack_timeout",
          }
        : {}),
    });
  });
}

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  made.push(...traffic());
  await storeBatch({ sourceId, batch: batchOf(...made), now: range.to });
});

async function legOf(name: string, leg: string) {
  const { rows } = await db().pool.query<{ legId: number; interfaceId: number }>(
    `SELECT leg.id AS "legId", i.id AS "interfaceId" FROM public.leg JOIN public.interface i ON i.id = leg.interface_id
     WHERE i.external_id = $1 AND leg.external_id = $2`,
    [name, leg],
  );
  if (!rows[0]) throw new Error("no such leg");
  return rows[0];
}

/** Follows "older" to the end; answers with the pages. */
async function allPages(filter: MessageFilter): Promise<readonly MessagePage[]> {
  const pages: MessagePage[] = [];
  let cursor: MessagePage["older"];
  do {
    const page = await listMessages(system, { range, filter, ...(cursor ? { cursor } : {}) });
    pages.push(page);
    cursor = page.older;
  } while (cursor);
  return pages;
}

const idsOf = (pages: readonly MessagePage[]) =>
  pages.flatMap(({ rows }) => rows.map((row) => row.engineMessageId));

const cases: readonly (readonly [string, MessageFilter, (one: DeliveryObservation) => boolean])[] = [
  ["everything", {}, () => true],
  ["all failures", { outcome: "failed" }, ({ outcome }) => outcome === "failed"],
  ["one reason", { outcome: "failed", reason: "nack_ae" }, ({ reason }) => reason === "nack_ae"],
  ["one message type", { type: "ORU" }, ({ messageType }) => messageType === "ORU^R01"],
  ["what went well", { outcome: "ok" }, ({ outcome }) => outcome === "ok"],
];

describe("paging through messages", () => {
  test.each(cases)("shows %s once, newest first, whatever the page", async (_, filter, isWanted) => {
    const pages = await allPages(filter);
    const rows = pages.flatMap((page) => page.rows);
    const wanted = made.filter(isWanted).map(({ messageId }) => messageId);
    expect(idsOf(pages).toSorted()).toEqual(wanted.toSorted());
    const order = rows.map(({ receivedAt, id }) => [receivedAt.getTime(), BigInt(id)] as const);
    expect(order).toEqual(order.toSorted((a, b) => b[0] - a[0] || (a[1] > b[1] ? -1 : 1)));
    for (const page of pages.slice(0, -1)) expect(page.rows).toHaveLength(50);
  });

  test("keeps to one leg, to one interface, and to a leg's failures", async () => {
    const { legId, interfaceId } = await legOf("orders", "1");
    const isOrders = ({ interface: name }: DeliveryObservation) => name === "orders";
    const expected = made.filter((one) => isOrders(one) && one.leg === "1").map(({ messageId }) => messageId);
    expect(idsOf(await allPages({ legId })).toSorted()).toEqual(expected.toSorted());
    expect(idsOf(await allPages({ interfaceId }))).toHaveLength(made.filter(isOrders).length);
    const failed = made.filter((one) => isOrders(one) && one.leg === "1" && one.outcome === "failed");
    expect(idsOf(await allPages({ legId, outcome: "failed" }))).toHaveLength(failed.length);
  });

  test("keeps to the interfaces of a class and of a source", async () => {
    const { interfaceId } = await legOf("orders", "1");
    await db().prisma.interface.update({ where: { id: interfaceId }, data: { messageClass: "Orders" } });
    const orders = made.filter(({ interface: name }) => name === "orders");
    expect(idsOf(await allPages({ messageClass: "Orders" }))).toHaveLength(orders.length);
    expect(idsOf(await allPages({ messageClass: "Results" }))).toHaveLength(0);
    const { id } = await db().prisma.source.findFirstOrThrow();
    expect(idsOf(await allPages({ sourceId: id }))).toHaveLength(made.length);
    expect(idsOf(await allPages({ sourceId: id + 1 }))).toHaveLength(0);
  });

  test("finds exactly the latencies of a heatmap cell: from the lower edge up to, not including, the upper", async () => {
    const pages = await allPages({ minMs: 110, maxMs: 210 });
    expect(
      idsOf(pages)
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 100 }, (_, i) => 100 + i));
  });

  test("leads back the way it came", async () => {
    const [first, second, third] = await allPages({});
    const back = await listMessages(system, { range, cursor: third?.newer });
    expect(idsOf([back])).toEqual(second ? idsOf([second]) : []);
    const top = await listMessages(system, { range, cursor: back.newer });
    expect(idsOf([top])).toEqual(first ? idsOf([first]) : []);
    expect(top.newer).toBeUndefined();
  });

  test("counts on the first page only, and not where that would need a scan", async () => {
    const [first, second] = await allPages({ outcome: "failed" });
    expect([first?.count, second?.count]).toEqual([86, undefined]);
    const searched = await listMessages(system, { range, filter: { type: "ORU" } });
    expect(searched.count).toBeUndefined();
  });

  test("leaves out what the range leaves out: its start belongs to it, its end does not", async () => {
    const at = new Date(range.from.getTime() + 5 * BURST_MS);
    const pages = await listMessages(system, { range: { from: range.from, to: at } });
    expect(pages.rows.every(({ receivedAt }) => receivedAt < at && receivedAt >= range.from)).toBe(true);
    expect(pages.rows).toHaveLength(20);
  });
});

describe("rights on messages", () => {
  test("a committee member may not list them", async () => {
    const actor: Actor = {
      kind: "user",
      id: "u",
      name: "n",
      email: "e",
      grants: everywhere("committee-member"),
    };
    await expect(listMessages(actor, { range })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("how pages are found", () => {
  async function plan(sql: string): Promise<string> {
    const client = await db().pool.connect();
    try {
      // Small tables are scanned whole otherwise; what is asked here is whether the index can give the order.
      await client.query("SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off");
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${sql}`);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    } finally {
      client.release(true);
    }
  }

  test("failures of all legs come in order from their index, without a sort", async () => {
    const text = await plan(`SELECT * FROM signal.delivery d WHERE d.outcome = 'failed'
      AND d.received_at >= '2026-03-01' AND d.received_at < '2026-03-11'
      AND (d.received_at, d.id) < ('2026-03-10 08:00Z', 5) AND d.received_at <= '2026-03-10 08:00Z'
      ORDER BY d.received_at DESC, d.id DESC LIMIT 51`);
    expect(text).not.toMatch(/Sort/);
    expect(text).toMatch(/Index Scan using delivery_\d+_received_at_id_idx/);
  });

  test("each leg's newest come in order from the primary key", async () => {
    const text = await plan(`SELECT d.* FROM unnest('{1,2}'::int4[]) AS leg(id) CROSS JOIN LATERAL (
      SELECT * FROM signal.delivery d WHERE d.leg_id = leg.id
      AND d.received_at >= '2026-03-01' AND d.received_at < '2026-03-11'
      ORDER BY d.received_at DESC, d.id DESC LIMIT 51) d`);
    expect(text).not.toMatch(/Sort/);
    expect(text).toMatch(/Index Scan Backward using delivery_\d+_pkey/);
  });
});
