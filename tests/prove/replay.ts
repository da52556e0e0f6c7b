import { setTimeout as sleep } from "node:timers/promises";
import { everywhere } from "@/lib/core/authz/role";
import { type Database, openDatabase, switchDatabase } from "@/lib/db/client";
import { settleSent } from "@/lib/services/replays/settle-sent";
import { switchReplay } from "@/lib/services/replays/switch-replay";
import { createBenchDatabase } from "@/tests/bench/bench-database";
import { addPerson } from "@/tests/support/people";
import { seededRandom } from "@/tests/support/random";
import { type ReplayHospital, replayChannel, startReplayHospital } from "@/tests/support/replay-hospital";
import { startReplayWorkers } from "@/tests/support/replay-workers";
import { type BreakingProxy, startBreakingProxy } from "./breaking-proxy";
import { runReplayBatch } from "./replay-runs";

export type ReplayVerdict = {
  readonly seed: number;
  readonly runs: number;
  readonly messages: number;
  readonly kills: number;
  /** Clicks beyond the one that counts. */
  readonly extraClicks: number;
  /** What the gateway did to the calls that send. */
  readonly calls: Readonly<Record<string, number>>;
  /** New messages that the engine made, by its own count; and of which original and destination it made more than one. */
  readonly sent: number;
  readonly doubled: number;
  readonly states: Readonly<Record<string, number>>;
  /** Messages that are called delivered without a new one at the engine, or failed or left with one that arrived. */
  readonly untrue: number;
  /** The chance of a double sending per run that this many runs without one rule out at 95 %. */
  readonly bound: number;
  readonly isProven: boolean;
};

type Ask = {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
};

/**
 * Runs replays against the demo's engine through a gateway that breaks answers, with two workers that are killed at random
 * moments and people who click everything five times in two tabs. Proven when the engine itself counts no message twice.
 */
export async function proveReplays(ask: Ask): Promise<ReplayVerdict> {
  const bench = await createBenchDatabase();
  const db = openDatabase(bench.appUrl);
  switchDatabase(db);
  try {
    return await runReplayProof({ ...ask, db, databaseUrl: bench.appUrl });
  } finally {
    switchDatabase(undefined);
    await db.close();
    await bench.drop();
  }
}

const BATCH = 10;

/** The same on a database that is there. */
export async function runReplayProof(
  ask: Ask & { readonly db: Database; readonly databaseUrl: string },
): Promise<ReplayVerdict> {
  const { n, seed, say, db, signal } = ask;
  const random = seededRandom(seed);
  let proxy: BreakingProxy | undefined;
  const hospital = await startReplayHospital({
    db: () => db,
    urlOf: async (engineUrl) => {
      proxy = await startBreakingProxy(engineUrl, seededRandom(seed + 1));
      return proxy.url;
    },
  });
  const administrator = await addPerson(db, everywhere("administrator"));
  const person = await addPerson(db, everywhere("interface-analyst"));
  await switchReplay(administrator, { id: hospital.sourceId, isOn: true });
  const workers = startReplayWorkers(ask.databaseUrl, seededRandom(seed + 2));
  let extraClicks = 0;
  try {
    for (let done = 0; done < n; done += BATCH) {
      const count = Math.min(BATCH, n - done);
      extraClicks += await runReplayBatch({ hospital, person, count, random, signal });
      say(`${done + count} of ${n} runs, ${workers.kills()} kills`);
    }
  } finally {
    await workers.stop();
  }
  await settle(hospital, db);
  const counted = await countAtEngine(hospital, db);
  await hospital.stop();
  await proxy?.stop();
  return {
    ...{ seed, runs: n, kills: workers.kills(), extraClicks, calls: proxy?.counts() ?? {}, ...counted },
    bound: Number((1 - 0.05 ** (1 / n)).toFixed(4)),
    isProven: counted.doubled === 0 && counted.untrue === 0 && counted.messages > 0,
  };
}

/** Reads what the engine did, until nothing is taken for being sent any more. */
async function settle(hospital: ReplayHospital, db: Database): Promise<void> {
  hospital.wait(120_000);
  await hospital.read();
  const sending = "SELECT count(*)::int AS n FROM signal.replay_item WHERE state = 'sending'";
  for (let left = 1; left > 0; ) {
    await settleSent();
    left = (await db.pool.query<{ n: number }>(sending)).rows[0]?.n ?? 0;
    if (left > 0) await sleep(1_000);
  }
}

type ItemRow = { readonly messageId: string; readonly state: string };

async function countAtEngine(hospital: ReplayHospital, db: Database) {
  const made = new Map<string, { count: number; arrived: boolean }>();
  for (const { originalId, rows } of hospital.engine.listMessages(replayChannel)) {
    if (originalId === undefined) continue;
    for (const { metaDataId, status } of rows.filter((row) => row.metaDataId > 0)) {
      const key = `${originalId}/${metaDataId}`;
      const before = made.get(key) ?? { count: 0, arrived: false };
      made.set(key, { count: before.count + 1, arrived: before.arrived || status === "SENT" });
    }
  }
  const { rows } = await db.pool.query<ItemRow>(
    `SELECT engine_message_id AS "messageId", state FROM signal.replay_item`,
  );
  const states: Record<string, number> = {};
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1;
  const isUntrue = ({ messageId, state }: ItemRow) => {
    const arrived = made.get(`${messageId}/1`)?.arrived === true;
    return state === "delivered" ? !arrived : (state === "failed" || state === "left") && arrived;
  };
  const counts = [...made.values()].map(({ count }) => count);
  return {
    messages: rows.length,
    sent: counts.reduce((sum, count) => sum + count, 0),
    doubled: counts.filter((count) => count > 1).length,
    states,
    untrue: rows.filter(isUntrue).length,
  };
}
