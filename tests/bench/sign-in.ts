import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { signIn } from "@/lib/auth/sign-in";
import { hashPassword } from "@/lib/crypto/password";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { createBenchDatabase } from "./bench-database";

/*
 * Whether the time of a refused sign-in tells an account that exists from one that does not: as many guesses at each,
 * alternating, and how far the medians lie apart (OWASP ASVS 5.0, 6.3.8). Ends with one line of JSON on standard output.
 */

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, accounts: { type: "string", default: "200" } },
});
const accounts = Number(options.accounts);

const bench = await createBenchDatabase();
const db = openDatabase(bench.appUrl);
switchDatabase(db);
try {
  const passwordHash = await hashPassword("four unrelated words here");
  await db.prisma.user.createMany({
    data: Array.from({ length: accounts }, (_, i) => ({
      email: `known-${i}@example.org`,
      name: "",
      passwordHash,
    })),
  });
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = -10; i < accounts; i++) {
    const knownMs = await guess(`known-${Math.max(i, 0)}@example.org`, `a${i}`);
    const unknownMs = await guess(`nobody-${i}@example.org`, `b${i}`);
    // The first ten warm up and are not counted.
    if (i < 0) continue;
    known.push(knownMs);
    unknown.push(unknownMs);
  }
  const gap = Math.abs(median(known) - median(unknown)) / median(known);
  const result = {
    accounts,
    knownMedianMs: Number(median(known).toFixed(2)),
    unknownMedianMs: Number(median(unknown).toFixed(2)),
    gapPercent: Number((gap * 100).toFixed(2)),
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  switchDatabase(undefined);
  await db.close();
  await bench.drop();
}

async function guess(email: string, address: string): Promise<number> {
  const startedAt = performance.now();
  const credentials = { email, password: "not the password" };
  await signIn({ credentials, address, userAgent: "benchmark", now: new Date() });
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
