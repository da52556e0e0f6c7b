import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Random, wholeBelow } from "@/tests/support/random";

export type ReplayWorkers = {
  readonly kills: () => number;
  readonly stop: () => Promise<void>;
};

const WORKERS = 2;
const LONGEST_LIFE_MS = 3_000;

/** Two workers at once on one database, each killed with SIGKILL at a random moment and begun anew. */
export function startReplayWorkers(databaseUrl: string, random: Random): ReplayWorkers {
  let kills = 0;
  let isStopping = false;
  const keep = async () => {
    while (!isStopping) {
      const child = startWorker(databaseUrl);
      const [told] = await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
      if (typeof told === "number") throw new Error("A worker ended before it began.");
      const endMs = performance.now() + wholeBelow(random, LONGEST_LIFE_MS);
      while (!isStopping && performance.now() < endMs) await sleep(20);
      if (!isStopping) kills += 1;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  };
  const running = Promise.all(Array.from({ length: WORKERS }, keep));
  return {
    kills: () => kills,
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
}

function startWorker(databaseUrl: string): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "tests/support/run-replay-worker.ts"], {
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}
