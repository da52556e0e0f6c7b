import { expect, test } from "vitest";
import { runReplayProof } from "@/tests/prove/replay";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const RUNS = 2;
const SEED = 3;

test(`${RUNS} replays with double clicks, two tabs, broken answers and killed workers, seed ${SEED}, send nothing twice`, {
  timeout: 600_000,
}, async () => {
  const said: string[] = [];
  const verdict = await runReplayProof({
    n: RUNS,
    seed: SEED,
    say: (line) => void said.push(line),
    db: db(),
    databaseUrl: String(db().pool.options.connectionString),
  });
  expect(verdict, said.join("\n")).toMatchObject({ runs: RUNS, doubled: 0, untrue: 0, isProven: true });
  expect(verdict.messages).toBe(RUNS * 2);
  expect(verdict.sent).toBeGreaterThan(0);
});
