import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { sealSourceSecret } from "@/lib/crypto/source-secret";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { type Engine, type EngineOptions, startEngine } from "@/lib/demo/engine/start-engine";
import { runSources } from "@/lib/ingest/run-sources";
import { startKillablePollers } from "@/tests/support/killable-pollers";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();

const ADT = "eeee0001-0000-4000-8000-000000000001";
const ORM = "eeee0002-0000-4000-8000-000000000002";
const channels = [
  aChannel({
    id: ADT,
    name: "ADT",
    share: 3,
    destinations: [
      aDestination({ name: "Registry", failureRate: 0.1 }),
      aDestination({ name: "Archive", transport: "file" }),
      aDestination({
        name: "Beds",
        transport: "script",
        filterRate: 0.5,
        failureRate: 0.05,
        failures: [["script_response", 1]],
      }),
    ],
  }),
  aChannel({
    id: ORM,
    name: "Orders",
    destinations: [aDestination({ name: "Imaging", hasQueue: true, startsDown: true })],
  }),
];

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await db().prisma.source.updateMany({ data: { pausedAt: new Date() } });
});

async function engineWith(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await startEngine({ seed: 3, now: () => new Date(), port: 0, channels, ...options });
  stops.push(() => engine.stop().catch(() => undefined));
  return engine;
}

async function addMirth(engine: Engine, name: string): Promise<number> {
  const config = { url: engine.url, username: engine.credentials.username, timeoutSeconds: 5 };
  const { id } = await db().prisma.source.create({ data: { kind: "mirth", name, config } });
  const { keyId, bytes } = sealSourceSecret({ sourceId: id, name: "password" }, engine.credentials.password);
  const secret = { sourceId: id, name: "password", keyId, ciphertext: new Uint8Array(bytes) };
  await db().prisma.sourceSecret.create({ data: secret });
  return id;
}

/** Runs pollers until stopped; `now` may be ahead of the real clock. */
function poll(now: () => Date = () => new Date()): () => Promise<void> {
  const stop = new AbortController();
  const done = runSources({ signal: stop.signal, now });
  const end = async () => {
    stop.abort();
    await done;
  };
  stops.push(end);
  return end;
}

/** Waits until something is true, at most a minute. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isTrue()) return;
    await sleep(200);
  }
  throw new Error("It did not come true in time.");
}

async function streamOf(sourceId: number, stream: string) {
  const { rows } = await db().pool.query(
    "SELECT failures, circuit, error_code, backlog::int, last_success_at, complete_back_to FROM signal.stream WHERE source_id = $1 AND stream = $2",
    [sourceId, stream],
  );
  return rows[0];
}

async function isReadWhole(sourceId: number): Promise<boolean> {
  return (await streamOf(sourceId, "messages"))?.backlog === 0;
}

/** What is stored, as `channel/message/leg state`, sorted. */
async function stored(sourceId: number): Promise<readonly string[]> {
  const { rows } = await db().pool.query<{ line: string }>(
    `SELECT i.external_id || '/' || d.engine_message_id || '/' || l.external_id || ' ' || d.state AS line
     FROM signal.delivery d JOIN public.leg l ON l.id = d.leg_id JOIN public.interface i ON i.id = l.interface_id
     WHERE i.source_id = $1`,
    [sourceId],
  );
  return rows.map(({ line }) => line).sort();
}

function truth(engine: Engine): readonly string[] {
  return engine
    .channels()
    .flatMap(({ id }) =>
      engine
        .listMessages(id)
        .flatMap(({ messageId, rows }) =>
          rows.map((row) => `${id}/${messageId}/${row.metaDataId} ${row.status.toLowerCase()}`),
        ),
    )
    .sort();
}

async function outages(sourceId: number) {
  const { rows } = await db().pool.query<{ cause: string; is_open: boolean }>(
    "SELECT cause, to_at IS NULL AS is_open FROM signal.unknown_interval WHERE source_id = $1 ORDER BY from_at",
    [sourceId],
  );
  return rows;
}

describe("a source that is polled", () => {
  test("is stored as the engine has it, with the engine's own figures, complete as far back as is read", async () => {
    const engine = await engineWith({ messages: 400 });
    const sourceId = await addMirth(engine, "whole");
    poll();
    await until(() => isReadWhole(sourceId));
    expect(await stored(sourceId)).toEqual(truth(engine));
    const { rows } = await db().pool.query(
      `SELECT n.metric, sum(n.value)::int AS total FROM signal.leg_now n JOIN public.leg l ON l.id = n.leg_id
       JOIN public.interface i ON i.id = l.interface_id WHERE i.source_id = $1 AND i.external_id = $2
         AND (n.metric NOT IN ('received', 'sent') OR (n.metric = 'received') = (l.direction = 'source'))
       GROUP BY n.metric`,
      [sourceId, ADT],
    );
    const shown = Object.fromEntries(rows.map(({ metric, total }) => [metric, total]));
    const { received, filtered, sent, error, queued } = engine.totals(ADT);
    expect(shown).toMatchObject({ received, filtered, sent, error, queueDepth: queued });
    const { rows: dead } = await db().pool.query(
      "SELECT reason FROM signal.dead_letter WHERE source_id = $1",
      [sourceId],
    );
    expect(dead).toEqual([]);
    expect((await streamOf(sourceId, "messages"))?.complete_back_to).toBeInstanceOf(Date);
    await until(async () => (await streamOf(sourceId, "events"))?.backlog === 0);
    const { rows: events } = await db().pool.query(
      "SELECT count(*)::int AS n FROM signal.external_audit_event WHERE source_id = $1",
      [sourceId],
    );
    expect(events[0]?.n).toBeGreaterThan(0);
  });

  test("goes on from its cursor: what was read is not read again after a restart", async () => {
    const engine = await engineWith({ messages: 300 });
    const sourceId = await addMirth(engine, "restarted");
    const stop = poll();
    await until(() => isReadWhole(sourceId));
    await stop();
    const before = engine.requests().length;
    engine.post({ channelId: ADT, wanted: { 0: { kind: "filtered" } } });
    poll();
    await until(async () => (await stored(sourceId)).length === truth(engine).length);
    const windows = engine
      .requests()
      .slice(before)
      .filter(({ path }) => path.includes("/messages?minMessageId="));
    const widest = windows
      .map(({ path }) => new URLSearchParams(path.split("?")[1]).get("limit"))
      .map(Number);
    expect(Math.max(...widest)).toBeLessThanOrEqual(100);
  });

  test("is left alone within seconds of being paused, and read again when resumed", async () => {
    const engine = await engineWith({ messages: 20 });
    const sourceId = await addMirth(engine, "paused");
    poll();
    await until(() => isReadWhole(sourceId));
    await db().prisma.source.update({ where: { id: sourceId }, data: { pausedAt: new Date() } });
    await sleep(3_000);
    const asked = engine.requests().length;
    engine.post({ channelId: ADT, wanted: { 0: { kind: "filtered" } } });
    await sleep(2_000);
    expect(engine.requests().length).toBe(asked);
    await db().prisma.source.update({ where: { id: sourceId }, data: { pausedAt: null } });
    await until(async () => (await stored(sourceId)).length === truth(engine).length);
  });

  test("is polled by one worker of two", async () => {
    const engine = await engineWith({ messages: 20 });
    const sourceId = await addMirth(engine, "shared");
    poll();
    poll();
    await until(() => isReadWhole(sourceId));
    const lists = engine.requests().filter(({ path }) => path.includes("/channels/statuses"));
    expect(lists.length).toBe(1);
  });
});

describe("an engine that is away", () => {
  test("is an outage from its last reading until it answers again, and what it did meanwhile is caught up with", async () => {
    const engine = await engineWith({ messages: 50 });
    const sourceId = await addMirth(engine, "away");
    poll();
    await until(() => isReadWhole(sourceId));
    engine.setHtmlError(503);
    await until(async () => (await outages(sourceId)).some(({ is_open }) => is_open));
    expect(await streamOf(sourceId, "status")).toMatchObject({ error_code: "source_unreachable:gateway" });
    for (let i = 0; i < 30; i += 1) engine.post({ channelId: ADT });
    engine.setHtmlError(undefined);
    await until(async () => (await outages(sourceId)).every(({ is_open }) => !is_open));
    await until(async () => (await stored(sourceId)).join() === truth(engine).join());
    expect(await streamOf(sourceId, "status")).toMatchObject({
      failures: 0,
      circuit: "closed",
      error_code: null,
    });
    expect(await outages(sourceId)).toEqual([{ cause: "source_unreachable", is_open: false }]);
  });

  test("for long opens the circuit, which one try after another closes again", async () => {
    const engine = await engineWith({ messages: 5 });
    const sourceId = await addMirth(engine, "long");
    await db().pool.query(
      "INSERT INTO signal.stream (source_id, stream, failures) VALUES ($1, 'status', 4)",
      [sourceId],
    );
    engine.setHtmlError(503);
    poll();
    await until(async () => (await streamOf(sourceId, "status"))?.circuit === "open");
    engine.setHtmlError(undefined);
    // A source that is resumed is tried at once, whatever its delay.
    await db().prisma.source.update({ where: { id: sourceId }, data: { pausedAt: new Date() } });
    await sleep(3_000);
    await db().prisma.source.update({ where: { id: sourceId }, data: { pausedAt: null } });
    await until(async () => (await streamOf(sourceId, "status"))?.circuit === "closed");
  });

  test("with a wrong password says so", async () => {
    const engine = await engineWith();
    const sourceId = await addMirth(engine, "refused");
    const { keyId, bytes } = sealSourceSecret({ sourceId, name: "password" }, "wrong");
    await db().prisma.sourceSecret.updateMany({
      where: { sourceId },
      data: { keyId, ciphertext: new Uint8Array(bytes) },
    });
    poll();
    await until(
      async () => (await streamOf(sourceId, "status"))?.error_code === "source_refused:wrong_password",
    );
  });

  test("the time in which nobody polled is unknown too", async () => {
    const engine = await engineWith({ messages: 5 });
    const sourceId = await addMirth(engine, "not polled");
    const hourAgo = new Date(Date.now() - 3_600_000);
    await db().pool.query(
      "INSERT INTO signal.stream (source_id, stream, last_success_at) VALUES ($1, 'status', $2)",
      [sourceId, hourAgo],
    );
    poll();
    await until(async () => (await outages(sourceId)).length > 0);
    expect(await outages(sourceId)).toEqual([{ cause: "not_polled", is_open: false }]);
  });
});

describe("a worker", () => {
  test("that lost its lease moves no cursor", async () => {
    const engine = await engineWith({ messages: 20 });
    const sourceId = await addMirth(engine, "fenced");
    poll();
    await until(() => isReadWhole(sourceId));
    // Another worker took it: the token rises.
    await db().pool.query(
      "UPDATE signal.lease SET holder = 'other', token = token + 1, expires_at = now() + interval '1 hour' WHERE name = $1",
      [`source:${sourceId}`],
    );
    const { rows: before } = await db().pool.query(
      "SELECT cursor FROM signal.stream WHERE source_id = $1 AND stream = 'messages'",
      [sourceId],
    );
    engine.post({ channelId: ADT });
    await sleep(6_000);
    const { rows: after } = await db().pool.query(
      "SELECT cursor FROM signal.stream WHERE source_id = $1 AND stream = 'messages'",
      [sourceId],
    );
    expect(after).toEqual(before);
  });

  test("that is killed at any moment loses nothing and counts nothing twice", async () => {
    const engine = await engineWith({ messages: 1_200 });
    const sourceId = await addMirth(engine, "killed");
    for (const least of [1, 400, 900]) {
      const child = startKillablePollers(db());
      await until(async () => (await stored(sourceId)).length >= least);
      await child.kill();
      // As if the time of the lease had run out.
      await db().pool.query("UPDATE signal.lease SET expires_at = now()");
    }
    poll();
    await until(() => isReadWhole(sourceId));
    expect(await stored(sourceId)).toEqual(truth(engine));
    const { rows } = await db().pool.query<{ counted: number }>(
      `SELECT sum(ok + failed + filtered + pending)::int AS counted FROM signal.rollup_minute m
       JOIN public.leg l ON l.id = m.leg_id WHERE l.source_id = $1`,
      [sourceId],
    );
    expect(rows[0]?.counted).toBe(truth(engine).length);
  });
});
