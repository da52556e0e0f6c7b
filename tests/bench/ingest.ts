import { fork } from "node:child_process";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Actor } from "@/lib/core/authz/actor";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { createToken } from "@/lib/services/tokens/create-token";
import { ensureBuilt } from "@/scripts/prepare/build";
import { freePort } from "@/tests/support/free-port";
import {
  childEnvironment,
  type ProductProcess,
  startWeb,
  startWorker,
} from "@/tests/support/product-process";
import { type BenchDatabase, createBenchDatabase } from "./bench-database";
import type { LoadOrder, LoadReport } from "./load-protocol";

/*
 * Events per second through HTTP, and their ratio to text COPY of the same rows on one connection into the same table.
 * One round is: COPY, push through the worker's port, push through Next, each into emptied tables. Ends with one line of
 * JSON on standard output; progress goes to standard error.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "200000" },
    connections: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "worker,next" },
  },
});
const rows = Number(options.rows);
const rounds = Number(options.rounds);
const connections = Number(options.connections);
const BATCH = 1_000;
const WARM_UP_BATCHES = 40;

type Door = { readonly name: "worker" | "next"; readonly port: number; readonly process: ProductProcess };
type Measured = { copy: number[]; worker: number[]; next: number[]; ackMs: Record<Door["name"], number[]> };

await main();

async function main(): Promise<void> {
  const database = await createBenchDatabase();
  const client = startClient(database.appUrl);
  const doors: Door[] = [];
  try {
    const { sourceId, token } = await addFeed(database.appUrl);
    doors.push(...(await openDoors(database.appUrl)));
    const order = {
      kind: "prepare",
      rows,
      batchSize: BATCH,
      seed: Number(options.seed),
      sourceId,
      token,
    } as const;
    const prepared = await client.ask(order);
    say(`prepared ${rows} rows, ${"bytesPerRow" in prepared ? prepared.bytesPerRow : 0} B of JSON each`);
    const measured = await measure({ client, database, doors });
    process.stdout.write(`${JSON.stringify(resultOf(measured, doors))}\n`);
  } finally {
    await client.stop();
    for (const door of doors) await door.process.end("SIGTERM");
    await database.drop();
  }
}

async function measure(with_: {
  readonly client: Client;
  readonly database: BenchDatabase;
  readonly doors: readonly Door[];
}): Promise<Measured> {
  const { client, database, doors } = with_;
  const measured: Measured = { copy: [], worker: [], next: [], ackMs: { worker: [], next: [] } };
  for (const door of doors) {
    await client.ask({ kind: "push", port: door.port, connections, batches: WARM_UP_BATCHES });
    await empty(database);
  }
  await client.ask({ kind: "copy" });
  await empty(database);
  for (let round = 1; round <= rounds; round++) {
    const copied = await client.ask({ kind: "copy" });
    if (copied.kind === "copied") measured.copy.push(rows / copied.seconds);
    await checkAndEmpty(database);
    for (const door of doors) {
      const pushed = await client.ask({ kind: "push", port: door.port, connections });
      if (pushed.kind !== "pushed") throw new Error("the client did not push");
      measured[door.name].push(rows / pushed.seconds);
      measured.ackMs[door.name].push(...pushed.ackMs);
      await checkAndEmpty(database);
    }
    const figures = (["copy", ...doors.map(({ name }) => name)] as const).map(
      (name) => `${name} ${Math.round(measured[name].at(-1) ?? 0)}/s`,
    );
    say(`round ${round}: ${figures.join(", ")} (load ${loadavg()[0]?.toFixed(1)})`);
  }
  return measured;
}

function resultOf(measured: Measured, doors: readonly Door[]) {
  const copy = median(measured.copy);
  const perDoor = doors.map(({ name }) => {
    const eventsPerSecond = median(measured[name]);
    const sorted = [...measured.ackMs[name]].sort((a, b) => a - b);
    return [
      name,
      {
        eventsPerSecond: Math.round(eventsPerSecond),
        ratioToCopy: Number((eventsPerSecond / copy).toFixed(3)),
        ackP50Ms: Number(quantile(sorted, 0.5).toFixed(1)),
        ackP99Ms: Number(quantile(sorted, 0.99).toFixed(1)),
      },
    ] as const;
  });
  return {
    ...Object.fromEntries(perDoor),
    copyRowsPerSecond: Math.round(copy),
    rows,
    rounds,
    batch: BATCH,
    connections,
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

/** Every row must be there, and counted by the rollup where it came by ingest, before it is thrown away. */
async function checkAndEmpty(database: BenchDatabase): Promise<void> {
  const [facts] = await database.asOwner(
    `SELECT (SELECT count(*)::int FROM signal.delivery) AS stored,
       (SELECT coalesce(sum(ok + failed), 0)::int FROM signal.rollup_minute) AS counted`,
  );
  const { stored, counted } = facts ?? {};
  if (stored !== rows || (counted !== rows && counted !== 0)) {
    throw new Error(`${String(stored)} of ${rows} rows are stored, ${String(counted)} are counted`);
  }
  await empty(database);
}

async function empty(database: BenchDatabase): Promise<void> {
  await database.asOwner("TRUNCATE signal.delivery, signal.rollup_minute, signal.dirty");
}

async function openDoors(appUrl: string): Promise<readonly Door[]> {
  const env = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: "", LOG_LEVEL: "error" };
  const doors: Door[] = [];
  if (options.only.includes("worker")) {
    const port = await freePort();
    doors.push({ name: "worker", port, process: await startWorker({ port, env, role: "collector" }) });
  }
  if (options.only.includes("next")) {
    await ensureBuilt({ say });
    const port = await freePort();
    doors.push({ name: "next", port, process: await startWeb({ port, env }) });
  }
  return doors;
}

async function addFeed(appUrl: string): Promise<{ readonly sourceId: number; readonly token: string }> {
  const system: Actor = { kind: "system", name: "benchmark" };
  const db = openDatabase(appUrl, { maxConnections: 2 });
  switchDatabase(db);
  const { id } = await db.prisma.source.create({ data: { kind: "push", name: "benchmark", config: {} } });
  const { secret } = await createToken(system, { sourceId: id, name: "benchmark" });
  await db.close();
  return { sourceId: id, token: secret };
}

type Client = { readonly ask: (order: LoadOrder) => Promise<LoadReport>; readonly stop: () => Promise<void> };

function startClient(appUrl: string): Client {
  const child = fork("tests/bench/load-client.ts", {
    execArgv: ["--import", "tsx", "--max-old-space-size=4096"],
    env: childEnvironment({ DATABASE_URL: appUrl }),
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        child.once("message", (report: LoadReport) =>
          report.kind === "failed" ? reject(new Error(report.message)) : resolve(report),
        );
        child.send(order);
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** Inverted CDF of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
