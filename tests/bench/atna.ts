import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sealSourceSecret } from "@/lib/crypto/source-secret";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { freePort } from "@/tests/support/free-port";
import { type ProductProcess, startWorker } from "@/tests/support/product-process";
import { makeSelfSigned, type SelfSigned } from "@/tests/support/self-signed";
import type { AtnaOrder, AtnaReport } from "./atna-protocol";
import { type BenchChild, startBenchChild } from "./bench-child";
import { type BenchDatabase, createBenchDatabase } from "./bench-database";

/*
 * Audit messages per second over TLS, from the first byte until all are committed, and their ratio to a sink that only
 * frames them, in the same run. The sender is a process of its own, and so is the sink. Ends with one line of JSON on
 * standard output; progress goes to standard error.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    messages: { type: "string", default: "40000" },
    connections: { type: "string", default: "4" },
  },
});
const messages = Number(options.messages);
const rounds = Number(options.rounds);
const connections = Number(options.connections);

type Child = BenchChild<AtnaOrder, AtnaReport>;

await main();

async function main(): Promise<void> {
  const database = await createBenchDatabase();
  const client: Child = startBenchChild("tests/bench/atna-client.ts");
  const sink: Child = startBenchChild("tests/bench/atna-sink.ts");
  const pair = makeSelfSigned();
  let worker: ProductProcess | undefined;
  try {
    const port = await freePort();
    await addFeed(database.appUrl, { port, pair });
    const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: "", LOG_LEVEL: "error" };
    worker = await startWorker({ port: await freePort(), env, role: "collector" });
    const sunk = await sink.ask({ kind: "listen", cert: pair.cert, key: pair.key });
    const sinkPort = sunk.kind === "listening" ? sunk.port : 0;
    const measured = await measure({ client, sink, database, port, sinkPort, ca: pair.cert });
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
  readonly sink: Child;
  readonly database: BenchDatabase;
  readonly port: number;
  readonly sinkPort: number;
  readonly ca: string;
};

async function measure({ client, sink, database, port, sinkPort, ca }: Setting) {
  const product: number[] = [];
  const baseline: number[] = [];
  const toProduct = async (count: number) => {
    await client.ask({ kind: "connect", port, connections, ca });
    const perSecond = await timed(count, async () => {
      await client.ask({ kind: "flood", messages: count });
      await untilStored(database, count);
    });
    await database.asOwner("TRUNCATE signal.external_audit_event");
    return perSecond;
  };
  await toProduct(4_000);
  for (let round = 1; round <= rounds; round += 1) {
    await client.ask({ kind: "connect", port: sinkPort, connections, ca });
    const toSink = async () => {
      const framed = sink.ask({ kind: "await", messages });
      await client.ask({ kind: "flood", messages });
      await framed;
    };
    baseline.push(await timed(messages, toSink));
    product.push(await toProduct(messages));
    say(
      `round ${round}: product ${product.at(-1)}/s, sink ${baseline.at(-1)}/s (load ${loadavg()[0]?.toFixed(1)})`,
    );
  }
  return {
    messagesPerSecond: median(product),
    sinkPerSecond: median(baseline),
    ratioToSink: Number((median(product) / median(baseline)).toFixed(3)),
    messages,
    rounds,
    connections,
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

async function timed(count: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round(count / ((performance.now() - startedAt) / 1_000));
}

/** Every message must be there: one that was lost is waited for in vain. */
async function untilStored(database: BenchDatabase, count: number): Promise<void> {
  const untilMs = performance.now() + 120_000;
  while (performance.now() < untilMs) {
    const [row] = await database.asOwner("SELECT count(*)::int AS stored FROM signal.external_audit_event");
    if (row?.["stored"] === count) return;
    await sleep(50);
  }
  throw new Error("Not every message was stored.");
}

async function addFeed(
  appUrl: string,
  feed: { readonly port: number; readonly pair: SelfSigned },
): Promise<void> {
  const db = openDatabase(appUrl, { maxConnections: 2 });
  switchDatabase(db);
  const source = await db.prisma.source.create({
    data: { kind: "atna-syslog", name: "benchmark", config: { port: feed.port, transport: "tls" } },
  });
  const secrets = { certificate: feed.pair.cert, key: feed.pair.key };
  for (const [name, plain] of Object.entries(secrets)) {
    const { keyId, bytes } = sealSourceSecret({ sourceId: source.id, name }, plain);
    const ciphertext = new Uint8Array(bytes);
    await db.prisma.sourceSecret.create({ data: { sourceId: source.id, name, keyId, ciphertext } });
  }
  await db.close();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
