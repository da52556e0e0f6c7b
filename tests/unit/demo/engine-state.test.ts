import { describe, expect, it } from "vitest";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { createEngineState, type EngineSettings } from "@/lib/demo/engine/engine-state";
import { sampleChannels } from "@/lib/demo/engine/sample-channels";
import { channelTotals } from "@/lib/demo/engine/statistics";
import { rowsAt } from "@/lib/demo/engine/stored-message";
import { seededRandom } from "@/lib/demo/random";

const start = Date.parse("2026-03-10T08:00:00Z");

function anEngine(given: Partial<EngineSettings> = {}) {
  let nowMs = start;
  const state = createEngineState({
    seed: 7,
    now: () => new Date(nowMs),
    version: "4.5.2",
    channels: sampleChannels,
    messages: 0,
    historyMs: 3_600_000,
    perMinute: 0,
    rhythm: () => 1,
    ...given,
  });
  return { state, advance: (ms: number) => (nowMs += ms) };
}

const everything = (state: ReturnType<typeof anEngine>["state"]) =>
  state.stores.map((store) => store.messages());

describe("traffic of the stub engine", () => {
  it("is the same for the same seed, however often the clock is looked at", () => {
    const often = anEngine({ perMinute: 30 });
    const once = anEngine({ perMinute: 30 });
    for (let step = 0; step < 40; step += 1) {
      often.advance(15_000);
      often.state.settle();
    }
    once.advance(600_000);
    once.state.settle();
    const arrivals = (state: typeof once.state) =>
      everything(state).map((messages) => messages.map((message) => [message.receivedAtMs, message.facts]));
    expect(arrivals(often.state)).toEqual(arrivals(once.state));
    expect(everything(once.state).flat().length).toBeGreaterThan(100);
  });

  it("differs for another seed", () => {
    const one = anEngine({ messages: 50, seed: 1 });
    const other = anEngine({ messages: 50, seed: 2 });
    expect(everything(one.state)).not.toEqual(everything(other.state));
  });

  it("starts with exactly the wanted number of messages, unstored ones counted too", () => {
    const { state, advance } = anEngine({ messages: 1_000 });
    advance(60_000);
    state.settle();
    const received = state.stores.map((store) => store.counters("current", start + 60_000)[0]?.received ?? 0);
    expect(received.reduce((sum, count) => sum + count, 0)).toBe(1_000);
    expect(everything(state).flat().length).toBeLessThan(1_000);
  });
});

describe("counters of the stub engine", () => {
  it("equal a count over the messages, connector by connector, also while some are in work", () => {
    const { state, advance } = anEngine({ messages: 400, perMinute: 120 });
    for (const ms of [50, 500, 3_000, 60_000]) {
      advance(ms);
      const nowMs = state.settle();
      for (const store of state.stores.filter((one) => one.spec.storage !== "DISABLED")) {
        const rows = store.messages().flatMap((message) => rowsAt(message, nowMs));
        store.counters("current", nowMs).forEach((counters, metaDataId) => {
          const mine = rows.filter((row) => row.metaDataId === metaDataId);
          const withStatus = (status: string) => mine.filter((row) => row.status === status).length;
          expect(counters).toEqual({
            received: mine.length,
            filtered: withStatus("FILTERED"),
            sent: withStatus("SENT"),
            error: withStatus("ERROR"),
          });
        });
      }
    }
  });

  it("add up to channel totals in which one message can be sent three times", () => {
    const once = { received: 1, filtered: 0, sent: 1, error: 0 };
    const source = { received: 1, filtered: 0, sent: 0, error: 0 };
    expect(channelTotals([source, once, once, { ...once, sent: 0, error: 1 }])).toEqual({
      received: 1,
      sent: 2,
      filtered: 0,
      error: 1,
    });
  });
});

describe("a destination that refuses connections", () => {
  const channelId = "c";
  const queued = () =>
    anEngine({
      channels: [
        aChannel({
          id: channelId,
          name: "Orders",
          destinations: [aDestination({ name: "RIS", hasQueue: true, startsDown: true })],
        }),
      ],
    });
  const send = ({ state, atMs }: { state: ReturnType<typeof anEngine>["state"]; atMs: number }) =>
    state.receive({
      channelId,
      atMs,
      random: seededRandom(atMs),
      wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } },
    });

  it("is attempted every ten seconds for the head of its queue, and not at all for the rest", () => {
    const { state, advance } = queued();
    for (const ms of [0, 100, 200]) send({ state, atMs: start + ms });
    advance(35_000);
    const nowMs = state.settle();
    const rows = state.stores[0]?.messages().map((message) => rowsAt(message, nowMs)[1]) ?? [];
    expect(rows.map((row) => [row?.status, row?.sendAttempts, row?.errorCode])).toEqual([
      ["QUEUED", 4, 1],
      ["QUEUED", 0, 0],
      ["QUEUED", 0, 0],
    ]);
    expect(state.stores[0]?.queued(1, nowMs)).toBe(3);
  });

  it("drains in order once it answers again", () => {
    const { state, advance } = queued();
    for (const ms of [0, 100, 200]) send({ state, atMs: start + ms });
    advance(35_000);
    const upAtMs = state.settle();
    state.stores[0]?.queue(1).setDown({ isDown: false, atMs: upAtMs });
    advance(5_000);
    const nowMs = state.settle();
    const rows = state.stores[0]?.messages().map((message) => rowsAt(message, nowMs)[1]) ?? [];
    expect(rows.map((row) => [row?.status, row?.sendAttempts, (row?.sentAtMs ?? 0) - upAtMs])).toEqual([
      ["SENT", 5, 40],
      ["SENT", 1, 80],
      ["SENT", 1, 120],
    ]);
    expect(state.stores[0]?.counters("current", nowMs)[1]).toEqual({
      received: 3,
      filtered: 0,
      sent: 3,
      error: 0,
    });
  });
});

describe("the log of an engine that was up before its traffic begins", () => {
  const tenMinutes = 600_000;
  const login = { name: "Login", attributes: [], outcome: "SUCCESS", userId: 2 } as const;
  const staff: NonNullable<EngineSettings["staff"]> = ({ afterMs, untilMs }) =>
    [start - tenMinutes / 2]
      .filter((ms) => ms > afterMs && ms <= untilMs)
      .map((atMs) => ({ ...login, atMs }));
  const given = { historyMs: 0, trafficFrom: new Date(start - tenMinutes), perMinute: 60, staff };
  const namesIn = (settings: Partial<EngineSettings>) => {
    const { state } = anEngine({ ...given, ...settings });
    state.settle();
    return new Set(state.events.list().map(({ name }) => name));
  };

  it("tells of all that traffic, and not of how it came up", () => {
    const names = namesIn({ upSince: new Date(start - 86_400_000) });
    expect(names).toEqual(new Set(["Alert Dispatched", "Login"]));
  });

  it("tells, without that, of nothing that was before it came up", () => {
    expect(namesIn({})).toEqual(new Set(["Server startup", "Server startup complete"]));
  });
});
