import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import type { Item } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { readCounters, riseOf } from "@/lib/services/interfaces/read-counters";
import { readInterface } from "@/lib/services/interfaces/read-interface";
import { queryMetrics } from "@/lib/services/metrics/query-metrics";
import { readSeries } from "@/lib/services/metrics/read-series";
import { readOverview } from "@/lib/services/overview/read-overview";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const system: Actor = { kind: "system", name: "test" };
const now = new Date();
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const range = { from: ago(120), to: now };
const buckets = { range, bucket: { unit: "hour", count: 1 }, zone: "UTC" } as const;
const idOf: Record<string, number> = {};

/** A channel whose engine counted `received` and `error` at each of some minutes before now. */
function counted(
  name: string,
  readings: readonly { readonly minutes: number; readonly received: number; readonly error: number }[],
): readonly Item[] {
  return [
    {
      kind: "interface",
      interface: name,
      name,
      state: "STARTED",
      legs: [{ leg: "0", name: "in", direction: "source", ordinal: 0 }],
    },
    ...readings.flatMap(({ minutes, received, error }) =>
      (["received", "error", "sent", "filtered"] as const).map((metric) => ({
        kind: "gauge" as const,
        interface: name,
        leg: "0",
        metric,
        at: ago(minutes),
        value: { received, error, sent: 0, filtered: 0 }[metric],
      })),
    ),
  ];
}

/** A reading a minute, from 60 minutes ago on; each counts one message more and every tenth as an error. */
const readings = Array.from({ length: 58 }, (_, i) => ({
  minutes: 60 - i,
  received: 1_000 + i,
  error: 50 + Math.floor(i / 10),
}));

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  const kept = readings.slice(1).map(({ minutes }, i) =>
    aDelivery({
      interface: "kept",
      leg: "0",
      direction: "source",
      messageId: String(i),
      receivedAt: new Date(ago(minutes).getTime() - 30_000),
      ...((i + 1) % 10 === 0 ? { outcome: "failed" as const, state: "error" as const } : {}),
    }),
  );
  const fallen = readings.map((reading, i) => ({ ...reading, received: i < 20 ? 500 + i : i - 20 }));
  await storeBatch({
    sourceId,
    batch: batchOf(
      ...counted("no storage", readings),
      ...counted("kept", readings),
      ...counted("cleared", fallen),
      ...kept,
    ),
    now,
  });
  await db().prisma.interface.updateMany({ data: { firstSeenAt: ago(3 * 60) } });
  await rollUp.run({ signal: new AbortController().signal, now: () => now });
  for (const { id, name } of await db().prisma.interface.findMany()) idOf[name] = id;
});

const view = (name: string) => readInterface(system, { interfaceId: idOf[name] ?? 0, range });
const legIdOf = async (name: string) => (await view(name)).legs[0]?.leg.legId ?? 0;
const countersOf = async (name: string) => {
  const legId = await legIdOf(name);
  const { rises, checks } = await readCounters(system, { ...buckets, legIds: [legId] });
  return { rises: rises.get(legId), check: checks.get(legId) };
};

describe("an interface whose engine keeps no messages", () => {
  test("has no figure that could be read as zero", async () => {
    const { row, legs } = await view("no storage");
    expect(row.of.isCountedOnly).toBe(true);
    expect(row.figures).toMatchObject({ messages: null, failed: null, failureRate: null, perMinute: null });
    expect(legs.map(({ counts }) => counts)).toEqual([null]);
  });

  test("is told as known by counters only, with the engine's figure", async () => {
    const { rows } = await readOverview(system, { range, zone: "UTC" });
    const health = rows.find(({ of }) => of.name === "no storage")?.health;
    expect(health).toMatchObject({ level: "unknown", problems: [{ kind: "counted_only", received: 1_057 }] });
  });

  test("is a gap on charts and in what scripts ask for", async () => {
    const legIds = [await legIdOf("no storage")];
    const { buckets: drawn } = await readSeries(system, { ...buckets, scope: { legIds } });
    expect(drawn.every(({ measured }) => measured === null)).toBe(true);
    const [metric] = await queryMetrics(system, { interface: "no storage", range });
    expect(metric).toMatchObject({ ok: null, failed: null });
  });

  test("shows how its counters rose", async () => {
    const { rises } = await countersOf("no storage");
    expect(riseOf(rises?.received ?? [])).toBe(57);
    expect(riseOf(rises?.error ?? [])).toBe(5);
  });
});

describe("counters beside messages", () => {
  test("agree where every message was read", async () => {
    const { check } = await countersOf("kept");
    expect(check).toMatchObject({ counted: check?.stored, countedErrors: check?.storedFailed });
    expect(check?.counted).toBeGreaterThan(50);
  });

  test("differ by what is missing", async () => {
    const { check } = await countersOf("no storage");
    expect(check).toMatchObject({ stored: 0, storedFailed: 0 });
  });

  test("are based anew where they fell, and never count the fall", async () => {
    const { rises } = await countersOf("cleared");
    expect(riseOf(rises?.received ?? [])).toBe(19 + 37);
  });

  test("leave the figures of its messages alone", async () => {
    const { row } = await view("kept");
    expect(row.of.isCountedOnly).toBe(false);
    expect(row.figures).toMatchObject({ messages: 57, failed: 5 });
  });
});
