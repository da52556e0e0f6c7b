import http from "node:http";
import { env } from "@/lib/config/env";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { deliveryRowMaker } from "@/lib/ingest/delivery-rows";
import { resolveLegs } from "@/lib/ingest/leg-registry";
import { seededRandom } from "@/tests/support/random";
import { traffic } from "@/tests/support/traffic";
import { copyChunks, copyInto } from "./copy-rows";
import type { LoadOrder, LoadReport } from "./load-protocol";

/*
 * The client of the ingest benchmark, a process of its own. It serialises everything before the clock runs: the bodies
 * of all batches, and the same rows as text for COPY.
 */

type Prepared = {
  readonly token: string;
  readonly bodies: readonly Buffer[];
  readonly chunks: readonly Buffer[];
};

let prepared: Prepared | undefined;
let databaseUrl = "";

process.on("message", (order: LoadOrder) => {
  carryOut(order)
    .catch((error: unknown): LoadReport => ({ kind: "failed", message: String(error) }))
    .then((report) => process.send?.(report))
    .catch(() => process.exit(1));
});
process.on("disconnect", () => process.exit(0));

async function carryOut(order: LoadOrder): Promise<LoadReport> {
  switch (order.kind) {
    case "prepare":
      return prepare(order);
    case "copy": {
      const startedAt = performance.now();
      await copyInto(databaseUrl, ready().chunks);
      return { kind: "copied", seconds: (performance.now() - startedAt) / 1_000 };
    }
    case "push":
      return pushAll(order, ready());
  }
}

function ready(): Prepared {
  if (prepared === undefined) throw new Error("nothing was prepared");
  return prepared;
}

async function prepare(order: Extract<LoadOrder, { kind: "prepare" }>): Promise<LoadReport> {
  databaseUrl = env().databaseUrl ?? "";
  const rows = observations(order);
  const bodies: Buffer[] = [];
  for (let i = 0; i < rows.length; i += order.batchSize) {
    bodies.push(Buffer.from(JSON.stringify(rows.slice(i, i + order.batchSize))));
  }
  const db = openDatabase(databaseUrl, { maxConnections: 2 });
  switchDatabase(db);
  const named = (row: DeliveryObservation) => ({
    ...row,
    interfaceName: row.interfaceName,
    legName: row.legName,
  });
  const legs = await resolveLegs(order.sourceId, rows.map(named));
  const toRow = deliveryRowMaker(order.sourceId);
  const chunks = copyChunks(rows.map((row) => toRow(row, legs.leg(row)?.legId ?? 0)));
  await db.close();
  prepared = { token: order.token, bodies, chunks };
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  return { kind: "prepared", bytesPerRow: Math.round(bytes / rows.length) };
}

function observations(order: {
  readonly rows: number;
  readonly seed: number;
}): readonly DeliveryObservation[] {
  const random = seededRandom(order.seed);
  const from = new Date(Date.now() - 3_600_000);
  const rows: DeliveryObservation[] = [];
  for (const message of traffic({ random, interfaces: 200, from, messagesPerSecond: 400, prefix: "b" })) {
    rows.push(...message);
    if (rows.length >= order.rows) break;
  }
  return rows.slice(0, order.rows);
}

async function pushAll(
  order: Extract<LoadOrder, { kind: "push" }>,
  { token, bodies }: Prepared,
): Promise<LoadReport> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: order.connections });
  const ackMs: number[] = [];
  let next = 0;
  const last = Math.min(order.batches ?? bodies.length, bodies.length);
  const connection = async () => {
    while (next < last) {
      const body = bodies[next++];
      if (body === undefined) return;
      const sentAt = performance.now();
      await pushOne({ agent, port: order.port, token, body });
      ackMs.push(performance.now() - sentAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: order.connections }, connection));
  const seconds = (performance.now() - startedAt) / 1_000;
  agent.destroy();
  return { kind: "pushed", seconds, ackMs };
}

function pushOne(ask: {
  readonly agent: http.Agent;
  readonly port: number;
  readonly token: string;
  readonly body: Buffer;
}): Promise<void> {
  const { agent, port, token, body } = ask;
  const headers = {
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    "Content-Length": body.length,
  };
  const options = { agent, host: "127.0.0.1", port, path: "/api/v1/ingest", method: "POST", headers };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      let answer = "";
      response.on("data", (chunk: Buffer) => {
        if (response.statusCode !== 200) answer += chunk.toString();
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`answered ${response.statusCode}: ${answer.slice(0, 300)}`));
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
