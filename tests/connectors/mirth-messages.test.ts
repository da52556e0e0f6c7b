import { describe, expect, test } from "vitest";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { auditedCalls, startStub, truthOf } from "@/tests/connectors/mirth-stub";

const ADT = "aaaa0001-0000-4000-8000-000000000001";
const ORM = "aaaa0002-0000-4000-8000-000000000002";

const channels = [
  aChannel({
    id: ADT,
    name: "ADT",
    destinations: [
      aDestination({ name: "Registry" }),
      aDestination({ name: "Archive", transport: "file" }),
      aDestination({ name: "Beds", transport: "script" }),
    ],
  }),
  aChannel({
    id: ORM,
    name: "Orders",
    destinations: [aDestination({ name: "Lab" }), aDestination({ name: "Imaging", hasQueue: true })],
  }),
];

/** Light, for tests that need many messages. */
const lean = [aChannel({ id: ADT, name: "Lean", destinations: [] })];

const quiet = { channels, perMinute: 0 };

describe("first connection", { timeout: 60_000 }, () => {
  test("reads every message of every channel once, newest first, in windows of at most 500 ids", async () => {
    const stub = await startStub({ channels, messages: 900 });
    const { deliveries, items, pages } = await stub.sweep();
    expect(new Map([...deliveries].map(([key, { state }]) => [key, state]))).toEqual(truthOf(stub));
    expect(items.filter(({ kind }) => kind === "delivery").length).toBe(deliveries.size);
    const windows = stub.engine.requests().flatMap(({ path }) => {
      const query = new URLSearchParams(path.split("?")[1]);
      return path.includes("minMessageId") && !path.includes("status=ERROR")
        ? [Number(query.get("maxMessageId")) - Number(query.get("minMessageId")) + 1]
        : [];
    });
    expect(Math.max(...windows)).toBeLessThanOrEqual(500);
    const complete = pages.flatMap(({ completeBackTo }) => completeBackTo?.[ADT]?.getTime() ?? []);
    expect(complete).toEqual([...complete].sort((a, b) => b - a));
    expect(complete.at(-1)).toBe(stub.nowMs() - 35 * 86_400_000);
  });

  test("stops at the depth of the settings and claims no more", async () => {
    const stub = await startStub({
      channels: lean,
      messages: 1_000,
      historyMs: 96 * 3_600_000,
      config: { backfillDays: 1 },
    });
    const { pages, deliveries } = await stub.sweep();
    expect(pages.at(-1)?.completeBackTo?.[ADT]).toEqual(new Date(stub.nowMs() - 86_400_000));
    const oldest = Math.min(...[...deliveries.values()].map(({ receivedAt }) => receivedAt.getTime()));
    expect(oldest).toBeLessThan(stub.nowMs() - 86_400_000 + 3_600_000);
    expect(deliveries.size).toBeLessThan(truthOf(stub).size);
  });

  test("a channel that keeps nothing has no messages and no errors", async () => {
    const silent = [aChannel({ id: ADT, name: "Nothing kept", storage: "DISABLED", destinations: [] })];
    const stub = await startStub({ channels: silent, messages: 50 });
    expect((await stub.sweep()).deliveries.size).toBe(0);
    expect(auditedCalls(stub)).toEqual([]);
  });

  test("ids pruned long ago cost one call, not one a window", async () => {
    const stub = await startStub({ channels: lean, messages: 1_500 });
    for (const { messageId } of stub.engine.listMessages(ADT).slice(0, -50)) {
      stub.engine.removeMessage({ channelId: ADT, messageId });
    }
    const before = auditedCalls(stub).length;
    await stub.sweep();
    const ofAdt = auditedCalls(stub)
      .slice(before)
      .filter((path) => path.includes(ADT) && !path.includes("status=ERROR"));
    expect(ofAdt.length).toBeLessThanOrEqual(3);
  });
});

describe("new messages", () => {
  test("an engine at rest is asked nothing that it would audit", async () => {
    const stub = await startStub({ channels, messages: 100 });
    await stub.sweep();
    for (let minute = 0; minute < 10; minute += 1) {
      stub.wait(15_000);
      await stub.poll("messages");
    }
    const after = auditedCalls(stub).length;
    for (let poll = 0; poll < 20; poll += 1) {
      stub.wait(15_000);
      await stub.poll("messages");
    }
    expect(auditedCalls(stub).length).toBe(after);
  });

  test("are read by one window each poll, and only in the channel that moved", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({ channelId: ADT });
    stub.wait(120_000);
    await stub.sweep();
    for (let i = 0; i < 30; i += 1)
      stub.engine.post({ channelId: ORM, wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } } });
    const before = auditedCalls(stub).length;
    stub.wait(15_000);
    const { deliveries } = await stub.poll("messages");
    expect([...new Set([...deliveries.values()].map((one) => one.interface))]).toEqual([ORM]);
    expect(deliveries.size).toBe(90);
    expect(auditedCalls(stub).length - before).toBe(1);
  });

  test("seen while in work are read again until they are final, and no longer", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({
      channelId: ADT,
      wanted: { 0: { kind: "sent" }, 1: { kind: "sent" }, 2: { kind: "sent" }, 3: { kind: "sent" } },
    });
    const first = await stub.sweep();
    expect([...first.deliveries.values()].map(({ outcome }) => outcome)).toEqual(["pending"]);
    stub.wait(15_000);
    const second = await stub.poll("messages");
    expect(new Map([...second.deliveries].map(([key, { state }]) => [key, state]))).toEqual(truthOf(stub));
    stub.wait(60_000);
    expect((await stub.poll("messages")).deliveries.size).toBe(0);
  });

  test("a gap among the newest is looked at once more: an id is given out before its message is written", async () => {
    const stub = await startStub(quiet);
    for (let i = 0; i < 3; i += 1) stub.engine.post({ channelId: ADT });
    await stub.sweep();
    for (let i = 0; i < 3; i += 1) stub.engine.post({ channelId: ADT });
    stub.engine.removeMessage({ channelId: ADT, messageId: 5 });
    stub.wait(15_000);
    await stub.poll("messages");
    stub.wait(60_000);
    await stub.poll("messages");
    const before = auditedCalls(stub).length;
    stub.wait(60_000);
    await stub.poll("messages");
    const gaps = stub.engine.requests().filter(({ path }) => path.includes("minMessageId=5&maxMessageId=5&"));
    expect(gaps.length).toBe(1);
    expect(auditedCalls(stub).length).toBe(before);
  });

  test("ids that begin anew below the highest known are read", async () => {
    const stub = await startStub(quiet);
    for (let i = 0; i < 5; i += 1) stub.engine.post({ channelId: ADT });
    stub.wait(60_000);
    await stub.sweep();
    // As after a restore of the engine's database: the cursor knows far higher ids.
    const cursor = JSON.parse(JSON.stringify(stub.cursor("messages")));
    cursor.channels[ADT].top = 5_000;
    stub.setCursor("messages", cursor);
    stub.wait(60_000);
    expect((await stub.poll("messages")).deliveries.size).toBe(0);
    stub.engine.post({ channelId: ADT });
    stub.wait(60_000);
    const { deliveries } = await stub.sweep();
    expect([...deliveries.values()].map(({ messageId }) => messageId)).toContain("6");
  });
});

describe("a queue", { timeout: 60_000 }, () => {
  test("its rows are pending, its head has failed before, and both are sent once the partner is back", async () => {
    const stub = await startStub(quiet);
    stub.engine.setDown({ channelId: ORM, metaDataId: 2, isDown: true });
    for (let i = 0; i < 40; i += 1)
      stub.engine.post({ channelId: ORM, wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } } });
    stub.wait(60_000);
    const queued = [...(await stub.sweep()).deliveries.values()].filter(({ leg }) => leg === "2");
    expect(queued.map(({ outcome }) => outcome)).toEqual(Array(40).fill("pending"));
    expect(
      queued.filter(({ firstOutcome }) => firstOutcome === "failed").map(({ messageId }) => messageId),
    ).toEqual(["1"]);
    expect(queued.filter(({ ackedAt, sentAt }) => ackedAt ?? sentAt)).toEqual([]);
    stub.engine.setDown({ channelId: ORM, metaDataId: 2, isDown: false });
    stub.wait(30_000);
    await stub.poll("messages");
    stub.wait(300_000);
    const sent = [...(await stub.poll("messages")).deliveries.values()];
    const seen = new Map([...queued, ...sent].map((one) => [one.messageId, one]));
    expect([...seen.values()].every(({ leg }) => leg === "2")).toBe(true);
    const truth = truthOf(stub);
    expect([...truth.values()].includes("queued")).toBe(false);
  });

  test("a stuck queue is looked at in few windows, not at every poll", async () => {
    const stuck = [
      aChannel({
        id: ORM,
        name: "Stuck",
        destinations: [aDestination({ name: "Imaging", hasQueue: true, startsDown: true })],
      }),
    ];
    const stub = await startStub({ channels: stuck, messages: 700 });
    await stub.sweep();
    const before = auditedCalls(stub).length;
    for (let poll = 0; poll < 40; poll += 1) {
      stub.wait(15_000);
      await stub.poll("messages");
    }
    // Ten minutes: two windows, twice, and the young end of the queue some times more.
    expect(auditedCalls(stub).length - before).toBeLessThanOrEqual(20);
  });
});

describe("processed again", () => {
  test("in place: the same delivery, latency from the new start, and a marker", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({
      channelId: ADT,
      wanted: { 0: { kind: "sent" }, 1: { kind: "error", failure: "http_500" } },
    });
    stub.wait(60_000);
    const first = (await stub.sweep()).deliveries.get(`${ADT}/1/1`);
    stub.wait(17 * 60_000);
    stub.engine.reprocess({ channelId: ADT, messageId: 1, replace: true });
    stub.wait(75_000);
    const { deliveries, items } = await stub.poll("messages");
    const again = deliveries.get(`${ADT}/1/1`);
    expect(again?.receivedAt).toEqual(first?.receivedAt);
    expect(again?.startedAt?.getTime()).toBe((first?.startedAt?.getTime() ?? 0) + 18 * 60_000);
    expect(Number(again?.ackedAt) - Number(again?.startedAt)).toBeLessThan(60_000);
    expect(again?.observedSeq).toBeGreaterThan(first?.observedSeq ?? 0);
    expect(again?.firstOutcome).toBeUndefined();
    expect(items.filter(({ kind }) => kind === "change")).toMatchObject([
      { change: "replaced", interface: ADT },
    ]);
  });

  test("as a new message: another delivery that names the first, and is no first attempt", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({ channelId: ADT, wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } } });
    stub.wait(60_000);
    await stub.sweep();
    stub.engine.reprocess({ channelId: ADT, messageId: 1, replace: false });
    stub.wait(60_000);
    const replay = (await stub.poll("messages")).deliveries.get(`${ADT}/2/1`);
    expect(replay).toMatchObject({ replayOf: "1", outcome: "ok" });
    expect(replay?.firstOutcome).toBeUndefined();
  });
});

describe("failures", { timeout: 60_000 }, () => {
  test("are told by the status alone: a script's error with code 0 too", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({
      channelId: ADT,
      wanted: { 0: { kind: "sent" }, 3: { kind: "error", failure: "script_response" } },
    });
    stub.wait(60_000);
    expect((await stub.sweep()).deliveries.get(`${ADT}/1/3`)).toMatchObject({
      outcome: "failed",
      firstOutcome: "failed",
      errorText: "Bed already occupied",
    });
  });

  test.each([
    ["connect_refused", "connect_refused"],
    ["timeout", "ack_timeout"],
    ["http_500", "http_5xx"],
    ["http_422", "http_4xx"],
    ["nack_ae", "nack_ae"],
    ["nack_ar", "nack_ar"],
    ["file_error", "file_error"],
    ["database_error", "database_error"],
    ["dicom_refused", "dicom_refused"],
    ["transform_error", "transform_error"],
    ["filter_error", "filter_error"],
  ] as const)("%s is known by its text as %s, with the start of its source row", async (failure, reason) => {
    const stub = await startStub(quiet);
    stub.engine.post({ channelId: ADT, wanted: { 0: { kind: "sent" }, 1: { kind: "error", failure } } });
    stub.wait(60_000);
    const { deliveries } = await stub.sweep();
    const failed = deliveries.get(`${ADT}/1/1`);
    expect(failed).toMatchObject({ outcome: "failed", reason });
    expect(failed?.errorText).toBeTruthy();
    // The search for failures returns the failed rows alone, without their source.
    expect(failed?.startedAt).toEqual(deliveries.get(`${ADT}/1/0`)?.startedAt);
  });

  test("of a storm are explained twenty a minute, the newest first, and counted at once", async () => {
    const stub = await startStub(quiet);
    for (let i = 0; i < 50; i += 1) {
      stub.engine.post({
        channelId: ADT,
        wanted: { 0: { kind: "sent" }, 1: { kind: "error", failure: "nack_ae" } },
      });
    }
    stub.wait(60_000);
    const first = [...(await stub.sweep()).deliveries.values()].filter(
      ({ outcome, leg }) => outcome === "failed" && leg === "1",
    );
    expect(first.length).toBe(50);
    const explained = first
      .filter(({ errorText }) => errorText !== undefined)
      .map(({ messageId }) => Number(messageId));
    expect(Math.min(...explained)).toBe(31);
    const later = new Set(explained);
    for (let minute = 0; minute < 4; minute += 1) {
      stub.wait(61_000);
      const { deliveries } = await stub.poll("messages");
      for (const { errorText, messageId } of deliveries.values()) if (errorText) later.add(Number(messageId));
    }
    expect(later.size).toBe(50);
  });

  test("are not explained where the settings say so", async () => {
    const stub = await startStub({ ...quiet, config: { errorTextsPerMinute: 0 } });
    stub.engine.post({
      channelId: ADT,
      wanted: { 0: { kind: "sent" }, 1: { kind: "error", failure: "nack_ae" } },
    });
    stub.wait(60_000);
    expect((await stub.sweep()).deliveries.get(`${ADT}/1/1`)).toMatchObject({
      outcome: "failed",
      reason: "other",
    });
    expect(stub.engine.requests().filter(({ path }) => path.includes("includeContent=true"))).toEqual([]);
  });
});

describe("what messages hold", () => {
  test("a control character in a column is replaced and costs nothing else of the page", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({
      channelId: ADT,
      facts: { controlCharacter: "column" },
      wanted: { 0: { kind: "filtered" } },
    });
    stub.engine.post({ channelId: ADT, wanted: { 0: { kind: "filtered" } } });
    stub.wait(60_000);
    const { deliveries, rejects, pages } = await stub.sweep();
    expect(rejects).toEqual([]);
    expect(deliveries.size).toBe(2);
    const bodies = pages.map(({ wire }) => JSON.stringify(wire)).join("");
    expect(bodies).toContain("&#x1");
  });

  test("patients are known only where a person mapped the column and named the issuer", async () => {
    const stub = await startStub(quiet);
    stub.engine.post({ channelId: ADT, wanted: { 0: { kind: "filtered" } } });
    stub.wait(60_000);
    expect((await stub.sweep()).deliveries.get(`${ADT}/1/0`)?.patient).toBeUndefined();
    const mapped = await startStub(quiet);
    Object.assign(mapped.io.columnMapping, { [ADT]: { mrn: "MRN", mrnAuthority: "HOSPITAL" } });
    mapped.engine.post({ channelId: ADT, wanted: { 0: { kind: "filtered" } } });
    mapped.wait(60_000);
    const { patient, controlId } = (await mapped.sweep()).deliveries.get(`${ADT}/1/0`) ?? {};
    expect(patient?.assigningAuthority).toBe("HOSPITAL");
    expect(controlId).toBeTruthy();
  });
});
