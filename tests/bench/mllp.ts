import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { freePort } from "@/tests/support/free-port";
import { type ProductProcess, startWorker } from "@/tests/support/product-process";
import { type BenchChild, startBenchChild } from "./bench-child";
import { type BenchDatabase, createBenchDatabase } from "./bench-database";
import type { MllpOrder, MllpReport } from "./mllp-protocol";

/*
 * Messages per second over MLLP, each acknowledged after COMMIT, and their ratio to a sink that only frames and
 * acknowledges, in the same run; then the time to the acknowledgement at a steady pace. The sender is a process of its
 * own, and so is the sink. Ends with one line of JSON on standard output; progress goes to standard error.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    messages: { type: "string", default: "60000" },
    connections: { type: "string", default: "16" },
    /** Messages that a connection sends before it waits for the first answer; 1 is how most engines send. */
    window: { type: "string", default: "16" },
    pace: { type: "string", default: "500" },
    paceSeconds: { type: "string", default: "20" },
    /** What the port does with what messages say of exams: read, as a source does by default, or leave. */
    facts: { type: "string", default: "read" },
  },
});
const messages = Number(options.messages);
const rounds = Number(options.rounds);
const connections = Number(options.connections);
const window = Number(options.window);
const pace = Number(options.pace);

await main();

async function main(): Promise<void> {
  const database = await createBenchDatabase();
  const client = startBenchChild<MllpOrder, MllpReport>("tests/bench/mllp-client.ts");
  const sink = startBenchChild<MllpOrder, MllpReport>("tests/bench/mllp-sink.ts");
  let worker: ProductProcess | undefined;
  try {
    const port = await freePort();
    await addFeed(database.appUrl, port);
    const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: "", LOG_LEVEL: "error" };
    worker = await startWorker({ port: await freePort(), env, role: "collector" });
    const sunk = await sink.ask({ kind: "listen" });
    const sinkPort = sunk.kind === "listening" ? sunk.port : 0;
    await client.ask({ kind: "open", port, connections });
    await client.ask({ kind: "flood", port, connections, window, messages: 10_000 });
    await empty(database);
    const measured = await measure({ client, database, port, sinkPort });
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  } finally {
    await client.stop();
    await sink.stop();
    await worker?.end("SIGTERM");
    await database.drop();
  }
}

type Setting = {
  readonly client: Child;
  readonly database: BenchDatabase;
  readonly port: number;
  readonly sinkPort: number;
};

async function measure({ client, database, port, sinkPort }: Setting) {
  const rates = { product: [] as number[], sink: [] as number[], oneByOne: [] as number[] };
  for (let round = 1; round <= rounds; round += 1) {
    rates.sink.push(await flood(client, { port: sinkPort, window, messages }));
    rates.product.push(await flood(client, { port, window, messages }));
    await checkAndEmpty(database, messages);
    const few = Math.round(messages / 4);
    rates.oneByOne.push(await flood(client, { port, window: 1, messages: few }));
    await checkAndEmpty(database, few);
    say(
      `round ${round}: product ${rates.product.at(-1)}/s, one by one ${rates.oneByOne.at(-1)}/s, sink ${rates.sink.at(-1)}/s (load ${loadavg()[0]?.toFixed(1)})`,
    );
  }
  const paced = await client.ask({
    kind: "pace",
    port,
    connections,
    perSecond: pace,
    seconds: Number(options.paceSeconds),
  });
  if (paced.kind !== "paced") throw new Error("the client did not keep a pace");
  const sorted = [...paced.ackMs].sort((a, b) => a - b);
  const perSecond = quantile(sortedOf(rates.product), 0.5);
  return {
    messagesPerSecond: perSecond,
    oneByOnePerSecond: quantile(sortedOf(rates.oneByOne), 0.5),
    sinkPerSecond: quantile(sortedOf(rates.sink), 0.5),
    ratioToSink: Number((perSecond / quantile(sortedOf(rates.sink), 0.5)).toFixed(3)),
    paced: {
      perSecond: pace,
      ackP50Ms: round1(quantile(sorted, 0.5)),
      ackP99Ms: round1(quantile(sorted, 0.99)),
    },
    facts: options.facts,
    messages,
    rounds,
    connections,
    window,
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

async function flood(
  client: Child,
  ask: { readonly port: number; readonly window: number; readonly messages: number },
): Promise<number> {
  const report = await client.ask({ kind: "flood", connections, ...ask });
  if (report.kind !== "flooded") throw new Error("the client did not send");
  return Math.round(ask.messages / report.seconds);
}

/** Every acknowledged message must be there, and counted, before it is thrown away. */
async function checkAndEmpty(database: BenchDatabase, expected: number): Promise<void> {
  const [facts] = await database.asOwner(
    `SELECT (SELECT count(*)::int FROM signal.delivery) AS stored,
       (SELECT coalesce(sum(ok), 0)::int FROM signal.rollup_minute) AS counted`,
  );
  const { stored, counted } = facts ?? {};
  if (stored !== expected || counted !== expected) {
    throw new Error(`${String(stored)} of ${expected} are stored, ${String(counted)} are counted`);
  }
  await empty(database);
}

async function empty(database: BenchDatabase): Promise<void> {
  await database.asOwner("TRUNCATE signal.delivery, signal.rollup_minute, signal.dirty");
}

async function addFeed(appUrl: string, port: number): Promise<void> {
  const db = openDatabase(appUrl, { maxConnections: 2 });
  switchDatabase(db);
  const config = { port, facts: options.facts };
  await db.prisma.source.create({ data: { kind: "hl7-mllp", name: "benchmark", config } });
  await db.close();
}

type Child = BenchChild<MllpOrder, MllpReport>;

function sortedOf(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** Inverted CDF of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0;
}

function round1(value: number): number {
  return Number(value.toFixed(1));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
