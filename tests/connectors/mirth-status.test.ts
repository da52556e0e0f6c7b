import { describe, expect, test } from "vitest";
import type { Item, Sample } from "@/lib/core/message/schema";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { auditedCalls, type Stub, startStub } from "@/tests/connectors/mirth-stub";

const ADT = "bbbb0001-0000-4000-8000-000000000001";
const OFF = "bbbb0002-0000-4000-8000-000000000002";

const channels = [
  aChannel({
    id: ADT,
    name: "ADT",
    destinations: [
      aDestination({ name: "Registry" }),
      aDestination({ name: "Imaging", hasQueue: true }),
      aDestination({ name: "Beds", transport: "script" }),
    ],
  }),
  aChannel({ id: OFF, name: "Off", state: "UNDEPLOYED", destinations: [aDestination({ name: "X" })] }),
];

function gauges(items: readonly Item[], leg: string): Readonly<Record<string, number | null>> {
  const mine = items.filter(
    (item): item is Sample => item.kind === "gauge" && item.interface === ADT && item.leg === leg,
  );
  return Object.fromEntries(mine.map(({ metric, value }) => [metric, value]));
}

/** Totals of a channel as the engine defines them: received at the source, sent by destinations, the rest by all. */
function totalsOf(items: readonly Item[]): Readonly<Record<string, number>> {
  const legs = ["0", "1", "2", "3"].map((leg) => gauges(items, leg));
  const sum = (metric: string, from = 0) =>
    legs.slice(from).reduce((all, leg) => all + Number(leg[metric]), 0);
  return {
    received: Number(legs[0]?.["received"]),
    filtered: sum("filtered"),
    sent: sum("sent", 1),
    error: sum("error"),
    queued: sum("queueDepth"),
  };
}

async function withTraffic(): Promise<Stub> {
  const stub = await startStub({ channels });
  stub.engine.setDown({ channelId: ADT, metaDataId: 2, isDown: true });
  const sent = { kind: "sent" } as const;
  for (let i = 0; i < 20; i += 1) {
    stub.engine.post({
      channelId: ADT,
      wanted: {
        0: i === 0 ? { kind: "error", failure: "transform_error" } : i === 1 ? { kind: "filtered" } : sent,
        1: i % 5 === 0 ? { kind: "error", failure: "nack_ae" } : sent,
        3: i % 2 === 0 ? { kind: "filtered" } : sent,
      },
    });
  }
  stub.wait(60_000);
  return stub;
}

describe("the status stream", () => {
  test("shows channels at the first poll with the engine's own figures", async () => {
    const stub = await withTraffic();
    const { items } = await stub.poll("status");
    expect(totalsOf(items)).toEqual(stub.engine.totals(ADT));
    expect(items.filter(({ kind }) => kind === "interface")).toMatchObject([
      {
        interface: ADT,
        name: "ADT",
        state: "STARTED",
        legs: [
          { leg: "0", name: "Source", direction: "source", ordinal: 0 },
          { leg: "1", name: "Registry", direction: "destination", ordinal: 1 },
          { leg: "2", name: "Imaging", direction: "destination", ordinal: 2 },
          { leg: "3", name: "Beds", direction: "destination", ordinal: 3 },
        ],
      },
      { interface: OFF, state: "UNDEPLOYED" },
    ]);
  });

  test("repeats nothing while nothing changes, but samples once a minute", async () => {
    const stub = await withTraffic();
    stub.engine.setDown({ channelId: ADT, metaDataId: 2, isDown: false });
    stub.wait(60_000);
    await stub.poll("status");
    await stub.poll("status");
    stub.wait(15_000);
    expect((await stub.poll("status")).items).toEqual([]);
    stub.wait(45_000);
    const { items } = await stub.poll("status");
    expect(totalsOf(items)).toEqual(stub.engine.totals(ADT));
    expect(items.filter(({ kind }) => kind !== "gauge")).toEqual([]);
  });

  test("leaves no audit events but for heads of queues, one a minute", async () => {
    const stub = await withTraffic();
    for (let poll = 0; poll < 20; poll += 1) {
      await stub.poll("status");
      stub.wait(15_000);
    }
    expect(auditedCalls(stub).every((path) => path.includes("status=QUEUED"))).toBe(true);
    expect(auditedCalls(stub).length).toBe(5);
  });

  test("tells the age of a queue's head by the engine's clock, and that an empty queue has none", async () => {
    const stub = await withTraffic();
    await stub.poll("status");
    stub.wait(15_000);
    const { items } = await stub.poll("status");
    const age = Number(gauges(items, "2")["headAgeMs"]);
    expect(age).toBeGreaterThan(70_000);
    expect(age).toBeLessThanOrEqual(75_000);
    stub.engine.setDown({ channelId: ADT, metaDataId: 2, isDown: false });
    stub.wait(60_000);
    const emptied = gauges((await stub.poll("status")).items, "2");
    expect(emptied).toMatchObject({ queueDepth: 0, headAgeMs: null });
  });

  test("a counter that falls re-bases: the new value is written as it stands, with a marker", async () => {
    const stub = await withTraffic();
    await stub.poll("status");
    stub.engine.clearStatistics({ channelId: ADT });
    stub.wait(15_000);
    const { items } = await stub.poll("status");
    expect(totalsOf(items)).toEqual(stub.engine.totals(ADT));
    expect(items.filter(({ kind }) => kind === "change")).toMatchObject([
      { change: "counter_fell", interface: ADT },
    ]);
    stub.wait(15_000);
    expect((await stub.poll("status")).items.filter(({ kind }) => kind === "change")).toEqual([]);
  });

  test("a replace that lowers one counter is noticed", async () => {
    const stub = await withTraffic();
    await stub.poll("status");
    stub.engine.reprocess({ channelId: ADT, messageId: 6, replace: true });
    stub.wait(15_000);
    const { items } = await stub.poll("status");
    expect(items.filter((item) => item.kind === "change")).toMatchObject([{ change: "counter_fell" }]);
  });

  test("a new state and a new deployment are told", async () => {
    const stub = await withTraffic();
    await stub.poll("status");
    stub.engine.setChannelState({ channelId: ADT, state: "PAUSED" });
    stub.wait(15_000);
    const paused = (await stub.poll("status")).items.find(({ kind }) => kind === "interface");
    expect(paused).toMatchObject({
      state: "PAUSED",
      legs: [{ leg: "0", state: "STOPPED" }, { leg: "1", state: "STARTED" }, {}, {}],
    });
    stub.engine.restart();
    stub.wait(30_000);
    const { items } = await stub.poll("status");
    expect(items.filter(({ kind }) => kind === "change")).toMatchObject([
      { change: "deployed", interface: ADT },
    ]);
  });

  test("reads the custom columns of a channel once an hour", async () => {
    const stub = await withTraffic();
    await stub.poll("status");
    stub.wait(15_000);
    const named = (await stub.poll("status")).items.find(
      (item) => item.kind === "interface" && item.interface === ADT,
    );
    expect(named).toMatchObject({ columns: ["SOURCE", "TYPE", "MRN", "CONTROL_ID"] });
    for (let poll = 0; poll < 4; poll += 1) {
      stub.wait(15_000);
      await stub.poll("status");
    }
    const asked = stub.engine.requests().filter(({ path }) => path.endsWith("/metaDataColumns"));
    expect(asked.length).toBe(2);
  });

  test("one channel alone is a list too", async () => {
    const stub = await startStub({ channels: channels.slice(0, 1) });
    expect((await stub.poll("status")).items.filter(({ kind }) => kind === "interface").length).toBe(1);
  });
});

describe("the system stream", () => {
  test("reads figures, clock and alerts without audit events", async () => {
    const stub = await startStub({ channels });
    const { items } = await stub.poll("system");
    const metrics = items.flatMap((item) => (item.kind === "gauge" ? [item.metric] : []));
    expect(metrics.sort()).toEqual(
      [
        "alertsDispatched",
        "clockSkewMs",
        "cpuUsage",
        "diskFreeBytes",
        "diskTotalBytes",
        "heapMaxBytes",
        "heapUsedBytes",
      ].sort(),
    );
    expect(auditedCalls(stub)).toEqual([]);
  });
});
