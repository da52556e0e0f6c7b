import { readFile } from "node:fs/promises";
import { z } from "zod";

/** How many checks or tests of a stage passed and failed. */
export type Counts = { readonly passed: number; readonly failed: number };

/** A stage without tests of its own counts as one check. */
export function singleCheck(code: number): Counts {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

const vitestSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

/** Counts from vitest's JSON report. A run that failed without a failing test (a file that does not load) is one failure. */
export async function countVitest(run: { readonly file: string; readonly code: number }): Promise<Counts> {
  const report = vitestSchema.safeParse(await readJson(run.file));
  if (!report.success) return { passed: 0, failed: 1 };
  return atLeastOneFailure(run.code, {
    passed: report.data.numPassedTests,
    failed: report.data.numFailedTests,
  });
}

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Counts from Playwright's JSON report; a test that passed only when repeated has failed. */
export async function countPlaywright(run: {
  readonly file: string;
  readonly code: number;
}): Promise<Counts> {
  const report = playwrightSchema.safeParse(await readJson(run.file));
  if (!report.success) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.data.stats;
  return atLeastOneFailure(run.code, { passed: expected, failed: unexpected + flaky });
}

function atLeastOneFailure(code: number, counts: Counts): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function readJson(file: string): Promise<unknown> {
  return readFile(file, "utf8").then(
    (text) => JSON.parse(text),
    () => undefined,
  );
}
