import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { createBenchDatabase } from "@/tests/bench/bench-database";
import { seededRandom } from "@/tests/support/random";
import { type TamperRun, tamperRepeatedly, verifyAsOwner } from "./tamper-runs";
import { makeTrail } from "./tamper-trail";

export type TamperVerdict = TamperRun & {
  readonly seed: number;
  /** Lines of the trail that is tampered with. */
  readonly rows: number;
  readonly isProven: boolean;
};

const LEAVES = 60;

/**
 * Tampers with a witnessed audit trail at random, as whoever owns the tables, and verifies after each. Proven when every
 * tampering was found, and the trail held before the first and after the last.
 */
export async function proveTampering(ask: {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}): Promise<TamperVerdict> {
  const random = seededRandom(ask.seed);
  const bench = await createBenchDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "signalbox-tamper-"));
  const db = openDatabase(bench.appUrl);
  switchDatabase(db);
  try {
    const trail = await makeTrail({ ownerUrl: bench.ownerUrl, folder, leaves: LEAVES, random });
    const before = await verifyAsOwner(bench.ownerUrl, trail);
    const progress = (done: number) => {
      ask.signal?.throwIfAborted();
      if (done % 500 === 0) ask.say(`${done} of ${ask.n} tamperings`);
    };
    const run = await tamperRepeatedly({ ownerUrl: bench.ownerUrl, trail, n: ask.n, random, progress });
    const after = await verifyAsOwner(bench.ownerUrl, trail);
    const isProven = before.ok && after.ok && run.found === run.tamperings;
    return { seed: ask.seed, rows: before.rows, ...run, isProven };
  } finally {
    switchDatabase(undefined);
    await db.close();
    await bench.drop();
    await rm(folder, { recursive: true, force: true });
  }
}
