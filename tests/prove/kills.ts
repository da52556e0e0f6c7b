import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/core/authz/actor";
import { database } from "@/lib/db/client";
import { isDatabaseAway } from "@/lib/db/is-database-away";
import { createToken } from "@/lib/services/tokens/create-token";
import { seededRandom, wholeBelow } from "@/tests/support/random";
import { type Fleet, killTargets, startFleet } from "./fleet";
import { countAfterKills } from "./kill-count";
import { type KillLoad, startLoad } from "./kill-load";

export type KillVerdict = {
  readonly seed: number;
  readonly kills: number;
  /** Observations acknowledged; each is sent until it is. */
  readonly acked: number;
  readonly lost: number;
  readonly doubled: number;
  /** The chance of a loss per kill that this many kills without a loss rule out at 95 %. */
  readonly bound: number;
  readonly deliveries: number;
  readonly retries: number;
  readonly refused: number;
  readonly targets: Readonly<Record<string, number>>;
  readonly isProven: boolean;
};

const LONGEST_WAIT_MS = 1_000;
const PATIENCE_MS = 180_000;

/**
 * Kills web, worker, database processes and the whole database with SIGKILL at random moments under load through both
 * doors. Proven when every acknowledged event is there once and every rollup equals a plain count. A killed process
 * leaves its pages in the system's cache: this shows what a crash of processes does, not what a power cut does.
 */
export async function proveKills(ask: {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}): Promise<KillVerdict> {
  const { say } = ask;
  const fleet = await startFleet({ say });
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ...(ask.signal === undefined ? [] : [ask.signal])]);
  let isProven = false;
  try {
    const verdict = await killAndCount({ ...ask, fleet, signal });
    isProven = verdict.isProven;
    return verdict;
  } finally {
    over.abort();
    await fleet.stop().catch((error: unknown) => say(`stopping failed: ${String(error)}`));
    if (isProven) await rm(fleet.dataDir, { recursive: true, force: true });
    else say(`data and logs are kept in ${fleet.dataDir}`);
  }
}

async function killAndCount(run: {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly fleet: Fleet;
  readonly signal: AbortSignal;
}): Promise<KillVerdict> {
  const { n, seed, say, fleet, signal } = run;
  const random = seededRandom(seed);
  const { sourceId, token } = await addFeed();
  const load = startLoad({ seed, token, signal, webPort: fleet.webPort, workerPort: fleet.workerPort });
  const check = () => {
    signal.throwIfAborted();
    fleet.checkAlive();
  };
  const targets: Record<string, number> = {};
  for (let kill = 1; kill <= n; kill++) {
    await untilBothDoorsAck(load, check);
    await sleep(wholeBelow(random, LONGEST_WAIT_MS));
    const target = killTargets[wholeBelow(random, killTargets.length)] ?? "worker";
    await fleet.kill(target);
    targets[target] = (targets[target] ?? 0) + 1;
    say(`kill ${kill} of ${n}: ${target}; ${load.acked().length} acknowledged, ${load.retries()} retries`);
  }
  await untilBothDoorsAck(load, check);
  await load.finish();
  await untilRolledUp(check);
  const { deliveries, lost, doubled } = await countAfterKills(sourceId, load.acked());
  for (const text of load.refused().slice(0, 5)) say(`refused: ${text}`);
  const refused = load.refused().length;
  return {
    seed,
    kills: n,
    acked: load.acked().length,
    lost,
    doubled,
    bound: Number((1 - 0.05 ** (1 / n)).toFixed(4)),
    deliveries,
    retries: load.retries(),
    refused,
    targets,
    isProven: lost === 0 && doubled === 0 && refused === 0,
  };
}

async function addFeed(): Promise<{ readonly sourceId: number; readonly token: string }> {
  const system: Actor = { kind: "system", name: "proof" };
  const { id } = await database().prisma.source.create({ data: { kind: "push", name: "proof", config: {} } });
  const { secret } = await createToken(system, { sourceId: id, name: "proof" });
  return { sourceId: id, token: secret };
}

/** Throws when waiting on is of no use. */
type Check = () => void;

/** Both doors have acknowledged something since now: the last kill is over, and the next one hits running work. */
async function untilBothDoorsAck(load: KillLoad, check: Check): Promise<void> {
  const before = load.acksBy();
  await until({
    what: "both doors acknowledge",
    check,
    isSo: async () => {
      const now = load.acksBy();
      return now.web > before.web && now.worker > before.worker;
    },
  });
}

async function untilRolledUp(check: Check): Promise<void> {
  await until({
    what: "rollups are worked off",
    check,
    isSo: async () => {
      const { rows } = await database().pool.query("SELECT FROM signal.dirty LIMIT 1");
      return rows.length === 0;
    },
  });
}

async function until(wait: {
  readonly what: string;
  readonly check: Check;
  readonly isSo: () => Promise<boolean>;
}): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    wait.check();
    const answer = await wait.isSo().catch((error: unknown) => {
      if (isDatabaseAway(error)) return false;
      throw error;
    });
    if (answer) return;
    await sleep(50);
  }
  throw new Error(`waited too long until ${wait.what}`);
}
