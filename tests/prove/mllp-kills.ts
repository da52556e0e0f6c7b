import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "@/lib/db/client";
import { createBenchDatabase } from "@/tests/bench/bench-database";
import { freePort } from "@/tests/support/free-port";
import { type ProductProcess, startWorker } from "@/tests/support/product-process";
import { seededRandom, wholeBelow } from "@/tests/support/random";
import { type MllpSender, startMllpSender } from "./mllp-sender";

export type MllpKillVerdict = {
  readonly seed: number;
  readonly kills: number;
  /** Messages answered with AA; each is sent until it is. */
  readonly acked: number;
  readonly lost: number;
  readonly doubled: number;
  /** Answers other than AA; none should come. */
  readonly refused: number;
  /** Messages sent more than once, because a connection ended before their answer. */
  readonly retries: number;
  /** The chance of a loss per kill that this many kills without a loss rule out at 95 %. */
  readonly bound: number;
  readonly isProven: boolean;
};

const CONNECTIONS = 16;
const LONGEST_WAIT_MS = 500;
const PATIENCE_MS = 180_000;

type Ask = {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
};

/** A migrated database with nothing in it. */
type Place = {
  readonly appUrl: string;
  readonly read: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
};

/**
 * Kills the worker with SIGKILL at random moments while sixteen connections send to a port for HL7. Proven when every
 * message answered with AA is in the database once, is counted once, and is told once in the history of its exam.
 */
export async function proveMllpKills(ask: Ask): Promise<MllpKillVerdict> {
  const database = await createBenchDatabase();
  try {
    return await killListener(ask, { appUrl: database.appUrl, read: database.asOwner });
  } finally {
    await database.drop();
  }
}

/** As proveMllpKills, in a database that the caller has made. */
export async function killListener(ask: Ask, place: Place): Promise<MllpKillVerdict> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ...(ask.signal === undefined ? [] : [ask.signal])]);
  const dataDir = await mkdtemp(path.join(tmpdir(), "signalbox-proof-"));
  const env = { DATABASE_URL: place.appUrl, SIGNALBOX_DATA_DIR: dataDir, LOG_LEVEL: "error" };
  const begin = async () => startWorker({ env, role: "collector", port: await freePort() });
  let worker: ProductProcess | undefined;
  try {
    const port = await freePort();
    await addFeed(place.appUrl, port);
    worker = await begin();
    const sender = startMllpSender({ port, connections: CONNECTIONS, prefix: `K${ask.seed}`, signal });
    const random = seededRandom(ask.seed);
    for (let kill = 1; kill <= ask.n; kill += 1) {
      await untilAcked(sender, signal);
      await sleep(wholeBelow(random, LONGEST_WAIT_MS));
      await worker.end("SIGKILL");
      worker = await begin();
      ask.say(`kill ${kill} of ${ask.n}: ${sender.acked().length} acknowledged, ${sender.retries()} retries`);
    }
    await untilAcked(sender, signal);
    await sender.finish();
    return await judge(ask, { sender, place });
  } finally {
    over.abort();
    await worker?.end("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function judge(
  { n, seed }: { readonly n: number; readonly seed: number },
  of: { readonly sender: MllpSender; readonly place: Place },
): Promise<MllpKillVerdict> {
  const { lost, doubled } = await count(of.place, of.sender.acked());
  const refused = of.sender.refused();
  return {
    seed,
    kills: n,
    acked: of.sender.acked().length,
    lost,
    doubled,
    refused,
    retries: of.sender.retries(),
    bound: Number((1 - 0.05 ** (1 / n)).toFixed(4)),
    isProven: lost === 0 && doubled === 0 && refused === 0,
  };
}

/** Of all messages that were answered, as deliveries, in the counts of minutes, and in the histories of exams. */
async function count({ read }: Place, acked: readonly string[]) {
  const ids = async (sql: string) => (await read(sql)).map(({ id }) => String(id));
  const compared = [
    compare(acked, await ids("SELECT control_id AS id FROM signal.delivery")),
    compare(acked, await ids("SELECT control_id AS id FROM clinical.fact_version")),
  ];
  const [sums] = await read(
    `SELECT (SELECT coalesce(sum(ok), 0)::int FROM signal.rollup_minute) AS counted,
       (SELECT count(*)::int FROM clinical.exam) AS exams`,
  );
  const off = [Number(sums?.["counted"]), Number(sums?.["exams"])].map((seen) => seen - acked.length);
  return {
    lost: sum(compared.map(({ lost }) => lost)) + sum(off.map((by) => Math.max(-by, 0))),
    doubled: sum(compared.map(({ doubled }) => doubled)) + sum(off.map((by) => Math.max(by, 0))),
  };
}

/** The sender ends only when all that it sent is answered, so whatever else is stored was never sent. */
function compare(acked: readonly string[], stored: readonly string[]) {
  const once = new Set(stored);
  const sent = new Set(acked);
  return {
    lost: acked.filter((id) => !once.has(id)).length,
    doubled: stored.length - once.size + [...once].filter((id) => !sent.has(id)).length,
  };
}

async function addFeed(appUrl: string, port: number): Promise<void> {
  const db = openDatabase(appUrl, { maxConnections: 2 });
  await db.prisma.source.create({ data: { kind: "hl7-mllp", name: "proof", config: { port } } });
  await db.close();
}

/** Something was acknowledged since now: the last kill is over, and the next one hits running work. */
async function untilAcked(sender: MllpSender, signal: AbortSignal): Promise<void> {
  const before = sender.acked().length;
  const deadline = performance.now() + PATIENCE_MS;
  while (sender.acked().length <= before) {
    signal.throwIfAborted();
    if (performance.now() > deadline) throw new Error("waited too long until a message is acknowledged");
    await sleep(20);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
