import { beforeAll, describe, expect, test } from "vitest";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { aDelivery, addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "engine");
});

/** Stores observations as one batch and answers with their statuses. */
async function store(...seen: readonly DeliveryObservation[]): Promise<readonly string[]> {
  const { items } = await storeBatch({ sourceId, batch: batchOf(...seen), now: testNow });
  return items.map(({ status }) => status);
}

async function rowOf(messageId: string) {
  const { rows } = await db().pool.query(
    `SELECT outcome, first_outcome, attempts, observed_seq::int AS seq, latency_ms, wait_ms, partner_ms, clock_suspect, observations
     FROM signal.delivery WHERE engine_message_id = $1`,
    [messageId],
  );
  return rows;
}

async function minuteOf(leg: string) {
  const { rows } = await db().pool.query(
    `SELECT m.ok, m.failed, m.first_failed, cardinality(m.hist_buckets) AS pairs
     FROM signal.rollup_minute m JOIN public.leg ON leg.id = m.leg_id WHERE leg.external_id = $1 ORDER BY bucket_start`,
    [leg],
  );
  return rows;
}

async function dirtyOf(leg: string) {
  const { rows } = await db().pool.query(
    `SELECT tier, version FROM signal.dirty k JOIN public.leg ON leg.id = k.leg_id
     WHERE leg.external_id = $1 ORDER BY tier`,
    [leg],
  );
  return rows;
}

describe("a delivery that comes once", () => {
  test("is created with its latencies and counted in its minute", async () => {
    expect(await store(aDelivery({ leg: "10", messageId: "once" }))).toEqual(["created"]);
    expect(await rowOf("once")).toEqual([
      {
        outcome: "ok",
        first_outcome: "ok",
        attempts: 1,
        seq: 1,
        latency_ms: 120,
        wait_ms: 40,
        partner_ms: 80,
        clock_suspect: false,
        observations: 1,
      },
    ]);
    expect(await minuteOf("10")).toEqual([{ ok: 1, failed: 0, first_failed: 0, pairs: 3 }]);
    expect(await dirtyOf("10")).toMatchObject([{ tier: "hour" }]);
  });
});

describe("the same observation again", () => {
  test("is a duplicate within the batch and in the next one, and counts once", async () => {
    const seen = aDelivery({ leg: "11", messageId: "twice" });
    expect(await store(seen, seen)).toEqual(["created", "duplicate"]);
    const marks = await dirtyOf("11");
    expect(await store(seen)).toEqual(["duplicate"]);
    expect(await minuteOf("11")).toEqual([{ ok: 1, failed: 0, first_failed: 0, pairs: 3 }]);
    expect(await dirtyOf("11")).toEqual(marks);
  });

  test("with a newer number raises the number and marks nothing", async () => {
    await store(aDelivery({ leg: "12", messageId: "raised" }));
    const marks = await dirtyOf("12");
    expect(await store(aDelivery({ leg: "12", messageId: "raised", observedSeq: 7 }))).toEqual(["duplicate"]);
    expect(await rowOf("raised")).toMatchObject([{ seq: 7, observations: 2 }]);
    expect(await dirtyOf("12")).toEqual(marks);
  });
});

describe("a newer observation", () => {
  test("updates the row, keeps the first outcome and marks the minute", async () => {
    const failed = { outcome: "failed", state: "queued", firstOutcome: "failed" } as const;
    await store(aDelivery({ leg: "13", messageId: "late-ok", ...failed }));
    const later = aDelivery({ leg: "13", messageId: "late-ok", observedSeq: 2, attempts: 3 });
    expect(await store(later)).toEqual(["updated"]);
    expect(await rowOf("late-ok")).toMatchObject([
      { outcome: "ok", first_outcome: "failed", attempts: 3, seq: 2 },
    ]);
    expect(await dirtyOf("13")).toMatchObject([{ tier: "hour" }, { tier: "minute" }]);
  });

  test("that comes before an older one gives the same row as in order", async () => {
    const failed = { outcome: "failed", state: "queued", firstOutcome: "failed" } as const;
    const older = aDelivery({ leg: "14", messageId: "disorder", ...failed });
    const newer = aDelivery({ leg: "14", messageId: "disorder", observedSeq: 2, attempts: 2 });
    expect(await store(newer)).toEqual(["created"]);
    expect(await store(older)).toEqual(["updated"]);
    expect(await store(older)).toEqual(["stale"]);
    expect(await rowOf("disorder")).toMatchObject([
      { outcome: "ok", first_outcome: "failed", attempts: 2, seq: 2 },
    ]);
  });

  test("in the batch of an older one wins, whichever stands first", async () => {
    const newer = aDelivery({ leg: "15", messageId: "folded", observedSeq: 5, attempts: 2 });
    expect(await store(newer, aDelivery({ leg: "15", messageId: "folded" }))).toEqual(["created", "stale"]);
    expect(await rowOf("folded")).toMatchObject([{ attempts: 2, seq: 5 }]);
  });
});

describe("the same observation with another content", () => {
  test("is a conflict, kept as one dead letter however often it comes, and the row stays", async () => {
    await store(aDelivery({ leg: "16", messageId: "conflict" }));
    const other = aDelivery({ leg: "16", messageId: "conflict", outcome: "failed", state: "error" });
    const first = await storeBatch({ sourceId, batch: batchOf(other), now: testNow });
    const again = await storeBatch({ sourceId, batch: batchOf(other), now: testNow });
    expect(first.items).toMatchObject([{ status: "conflict", reason: "conflict" }]);
    expect(again.items[0]?.deadLetterId).toBe(first.items[0]?.deadLetterId);
    expect(await rowOf("conflict")).toMatchObject([{ outcome: "ok" }]);
    const { rows } = await db().pool.query("SELECT attempts, state FROM signal.dead_letter WHERE id = $1", [
      first.items[0]?.deadLetterId,
    ]);
    expect(rows).toEqual([{ attempts: 2, state: "open" }]);
  });
});

describe("times that cannot be", () => {
  test("a negative latency is flagged and not counted", async () => {
    const receivedAt = new Date("2025-03-10T10:00:30.000Z");
    const ackedAt = new Date("2025-03-10T10:00:29.000Z");
    await store(aDelivery({ leg: "17", messageId: "skewed", receivedAt, ackedAt }));
    expect(await rowOf("skewed")).toMatchObject([
      { latency_ms: null, partner_ms: null, wait_ms: 40, clock_suspect: true },
    ]);
  });

  test.each([
    ["before the oldest kept day", "2025-02-02T23:59:59.999Z", "outside_retention"],
    ["more than a day ahead", "2025-03-11T12:00:00.001Z", "clock_ahead"],
  ])("a receive time %s is rejected and kept", async (_, receivedAt, reason) => {
    const { items } = await storeBatch({
      sourceId,
      batch: batchOf(aDelivery({ messageId: reason, receivedAt: new Date(receivedAt) })),
      now: testNow,
    });
    expect(items).toMatchObject([{ status: "rejected", reason }]);
    expect(items[0]?.deadLetterId).toMatch(/^\d+$/);
    expect(await rowOf(reason)).toEqual([]);
  });

  test("the oldest kept day is stored although nobody made its partition", async () => {
    const receivedAt = new Date("2025-02-03T00:00:00.000Z");
    expect(await store(aDelivery({ messageId: "oldest", receivedAt }))).toEqual(["created"]);
  });
});

describe("content that databases choke on", () => {
  test("quotes, backslashes, NUL and lone surrogates are stored in a form that can be", async () => {
    const messageId = 'a"b\\c{d},e\u0000f\ud800';
    const controlId = "NULL";
    expect(await store(aDelivery({ leg: "18", messageId, controlId }))).toEqual(["created"]);
    const { rows } = await db().pool.query(
      "SELECT engine_message_id, control_id FROM signal.delivery WHERE control_id = 'NULL'",
    );
    expect(rows).toEqual([{ engine_message_id: 'a"b\\c{d},e\ufffdf\ufffd', control_id: "NULL" }]);
  });

  test("a message under another receive time is another delivery, also within one batch", async () => {
    const receivedAt = new Date("2025-03-10T10:00:31.000Z");
    const twin = { leg: "19", messageId: "moved" };
    expect(await store(aDelivery(twin), aDelivery({ ...twin, receivedAt }))).toEqual(["created", "created"]);
  });
});
