import { beforeEach, describe, expect, test } from "vitest";
import type { ExternalAuditEvent, InterfaceSeen, Item, Sample } from "@/lib/core/message/schema";
import { open } from "@/lib/crypto/seal";
import { DEAD_LETTER_PURPOSE } from "@/lib/ingest/keep-rejects";
import { storeBatch } from "@/lib/ingest/pipeline";
import { AUDIT_ATTRIBUTES_PURPOSE } from "@/lib/ingest/store-audit-events";
import { aDelivery, addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();
let sourceId = 0;
let sources = 0;

beforeEach(async () => {
  sources += 1;
  sourceId = await addSource(db(), `engine ${sources}`);
});

async function store(...items: readonly Item[]): Promise<readonly string[]> {
  const stored = await storeBatch({ sourceId, batch: batchOf(...items), now: testNow });
  return stored.items.map(({ status }) => status);
}

const at = (minute: number) => new Date(Date.UTC(2025, 2, 10, 10, minute));

function aSample(over: Partial<Sample> = {}): Sample {
  return {
    kind: "gauge",
    interface: "channel-1",
    leg: "1",
    metric: "queueDepth",
    at: at(0),
    value: 5,
    ...over,
  };
}

function anInterface(over: Partial<InterfaceSeen> = {}): InterfaceSeen {
  const legs = [
    { leg: "0", name: "MLLP in", direction: "source", ordinal: 0, state: "STARTED" },
    { leg: "1", name: "To the lab", direction: "destination", ordinal: 1, state: "STARTED" },
  ] as const;
  return {
    kind: "interface",
    interface: "channel-1",
    name: "Lab orders",
    state: "STARTED",
    revision: 3,
    legs: [...legs],
    ...over,
  };
}

describe("gauges", () => {
  beforeEach(() => store(anInterface()));

  async function nowOf() {
    const { rows } = await db().pool.query(
      "SELECT n.value, n.at FROM signal.leg_now n JOIN public.leg l ON l.id = n.leg_id WHERE l.source_id = $1",
      [sourceId],
    );
    return rows;
  }

  test("are kept once; the newest is known at once, whatever comes last", async () => {
    const newest = aSample({ at: at(2), value: 9 });
    expect(await store(newest, aSample(), newest)).toEqual(["created", "created", "duplicate"]);
    expect(await store(aSample())).toEqual(["duplicate"]);
    expect(await nowOf()).toEqual([{ value: 9, at: at(2) }]);
  });

  test("leave hourly extremes that repeats do not change", async () => {
    const batch = [aSample({ value: 5 }), aSample({ at: at(1), value: 1 }), aSample({ at: at(2), value: 3 })];
    await store(...batch);
    await store(...batch);
    const { rows } = await db().pool.query(
      `SELECT min_value, max_value, last_value, last_at FROM signal.leg_gauge_hour g
       JOIN public.leg l ON l.id = g.leg_id WHERE l.source_id = $1`,
      [sourceId],
    );
    expect(rows).toEqual([{ min_value: 1, max_value: 5, last_value: 3, last_at: at(2) }]);
  });

  test("of one instant with another value are a conflict", async () => {
    await store(aSample());
    expect(await store(aSample({ value: 6 }), aSample({ value: 6 }))).toEqual(["conflict", "duplicate"]);
    expect(await nowOf()).toMatchObject([{ value: 5 }]);
  });

  test("without a value are kept as measured, and of a whole source too", async () => {
    expect(await store({ kind: "gauge", metric: "heapBytes", at: at(0), value: 2 ** 40 })).toEqual([
      "created",
    ]);
    expect(await store(aSample({ value: null }))).toEqual(["created"]);
    expect(await nowOf()).toMatchObject([{ value: null }]);
  });

  test("of a leg nobody named are refused and kept", async () => {
    const { items } = await storeBatch({ sourceId, batch: batchOf(aSample({ leg: "77" })), now: testNow });
    expect(items).toMatchObject([{ status: "rejected", reason: "unknown_interface" }]);
    expect(items[0]?.deadLetterId).toMatch(/^\d+$/);
  });
});

describe("descriptions of interfaces", () => {
  async function legs() {
    const { rows } = await db().pool.query(
      `SELECT l.external_id AS leg, l.name, l.removed_at IS NOT NULL AS removed FROM public.leg l
       WHERE l.source_id = $1 ORDER BY l.external_id`,
      [sourceId],
    );
    return rows;
  }

  async function changes() {
    const { rows } = await db().pool.query(
      "SELECT kind, detail, at FROM signal.change WHERE source_id = $1 ORDER BY kind",
      [sourceId],
    );
    return rows;
  }

  test("name interfaces and legs, before or after their messages", async () => {
    await store(aDelivery());
    expect(await legs()).toEqual([{ leg: "1", name: "1", removed: false }]);
    await store(anInterface());
    expect(await legs()).toEqual([
      { leg: "0", name: "MLLP in", removed: false },
      { leg: "1", name: "To the lab", removed: false },
    ]);
  });

  test("mark legs as removed that are no longer listed, and take them back", async () => {
    await store(anInterface());
    await store(anInterface({ legs: anInterface().legs.slice(0, 1) }));
    expect(await legs()).toMatchObject([{ removed: false }, { removed: true }]);
    await store(anInterface());
    expect(await legs()).toMatchObject([{ removed: false }, { removed: false }]);
  });

  test("leave a change for a new revision and a new state, once", async () => {
    expect(await store(anInterface())).toEqual(["created"]);
    expect(await store(anInterface())).toEqual(["duplicate"]);
    expect(await changes()).toEqual([]);
    expect(await store(anInterface({ revision: 4, state: "STOPPED" }))).toEqual(["updated"]);
    expect(await store(anInterface({ revision: 4, state: "STOPPED" }))).toEqual(["duplicate"]);
    expect(await changes()).toEqual([
      { kind: "deployed", detail: "revision 3 → 4", at: testNow },
      { kind: "stopped", detail: "STARTED → STOPPED", at: testNow },
    ]);
  });

  test("with a name that cannot be stored are refused, and the rest of the batch is not", async () => {
    expect(await store(anInterface({ name: "a\u0000b" }), anInterface())).toEqual(["rejected", "created"]);
    expect(await store(aDelivery({ interface: "a\u0000b" }), aDelivery())).toEqual(["rejected", "created"]);
  });
});

describe("changes told by the source", () => {
  test("are kept once, for an interface or the whole source", async () => {
    await store(anInterface());
    const restart = { kind: "change", at: at(5), change: "restarted" } as const;
    const fell = { ...restart, interface: "channel-1", change: "counter_fell", detail: "received" } as const;
    expect(await store(restart, fell, fell)).toEqual(["created", "created", "duplicate"]);
    expect(await store(restart, { ...fell, interface: "elsewhere" })).toEqual(["duplicate", "rejected"]);
  });
});

describe("audit events of the source", () => {
  function anEvent(over: Partial<ExternalAuditEvent> = {}): ExternalAuditEvent {
    return {
      kind: "audit",
      eventId: "17",
      at: at(0),
      name: "Get message content",
      action: "R",
      outcome: "authorised",
      actorName: "operator",
      patient: { value: "CANARY-4711", assigningAuthority: "HOSP" },
      attributes: { request: "CANARY-4711 in clear" },
      ...over,
    };
  }

  test("are kept once, another content is a conflict", async () => {
    expect(await store(anEvent(), anEvent())).toEqual(["created", "duplicate"]);
    expect(await store(anEvent(), anEvent({ eventId: "18" }))).toEqual(["duplicate", "created"]);
    expect(await store(anEvent({ outcome: "failure" }))).toEqual(["conflict"]);
  });

  test("hold patient data only sealed or as a reference", async () => {
    await store(anEvent());
    const { rows } = await db().pool.query(
      "SELECT *, t::text AS line FROM signal.external_audit_event t WHERE source_id = $1",
      [sourceId],
    );
    expect(rows[0].line).not.toContain("CANARY");
    expect(rows[0].line).not.toContain(Buffer.from("CANARY").toString("hex"));
    expect(rows[0].patient_ref).toHaveLength(16);
    const sealed = { keyId: rows[0].key_id, bytes: rows[0].attributes };
    expect(JSON.parse(open(sealed, AUDIT_ATTRIBUTES_PURPOSE).toString())).toEqual(anEvent().attributes);
  });

  test("may be years old, but not of another age", async () => {
    const old = anEvent({ at: new Date("2021-05-05T00:00:00Z") });
    expect(await store(old, anEvent({ at: new Date("1999-01-01T00:00:00Z") }))).toEqual([
      "created",
      "rejected",
    ]);
  });
});

describe("what a connector could not read", () => {
  const reject = {
    reason: "unparseable",
    detail: "not XML",
    contentKind: "body",
    payload: "<CANARY",
  } as const;

  test("is kept sealed, once, and opens again after it was resolved", async () => {
    const ask = { sourceId, batch: { items: [], rejects: [reject, reject] }, now: testNow };
    const { rejected } = await storeBatch(ask);
    expect(rejected[0]?.deadLetterId).toBe(rejected[1]?.deadLetterId);
    const id = rejected[0]?.deadLetterId;
    await db().pool.query("UPDATE signal.dead_letter SET state = 'resolved' WHERE id = $1", [id]);
    await storeBatch(ask);
    const { rows } = await db().pool.query(
      "SELECT *, t::text AS line FROM signal.dead_letter t WHERE id = $1",
      [id],
    );
    expect(rows[0]).toMatchObject({ state: "open", attempts: 2, reason: "unparseable" });
    expect(rows[0].line).not.toContain(Buffer.from("CANARY").toString("hex"));
    expect(open({ keyId: rows[0].key_id, bytes: rows[0].payload }, DEAD_LETTER_PURPOSE).toString()).toBe(
      "<CANARY",
    );
  });
});
