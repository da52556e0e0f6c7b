import { rm } from "node:fs/promises";
import path from "node:path";
import { type Counts, countPlaywright, countVitest, singleCheck } from "@/scripts/check/counts";
import { findChromium } from "@/scripts/check/find-chromium";
import { findSystemPostgres } from "@/scripts/check/find-system-postgres";
import { runStage } from "@/scripts/check/run-stage";
import { ensureBuilt } from "@/scripts/prepare/build";
import { ensureGenerated } from "@/scripts/prepare/generate";
import { explainFailure } from "@/scripts/prepare/start-error";

type Say = (line: string) => void;

/** Integration tests of what a release of PostgreSQL could take differently: schema, grants, statements, dump and restore. */
const OF_THE_RELEASE = [
  ...["storage-", "backup-", "audit-", "message-", "clinical-", "exam-", "failure-", "incident", "notice-"],
  ...["start-migrate", "people-upgrade", "external-audit", "retention", "leases", "statement-limits"],
  ...["overview", "interface-page", "disclosure-patient", "patient-erasure", "work-claims", "estate"],
  ...["rights-of-verbs", "api-limits", "lone-sightings", "engine-counters", "key-rotation"],
];

type Stage = {
  readonly name: string;
  /** Runs the stage, its output on the terminal, and counts what passed and failed. */
  readonly run: () => Promise<Counts>;
};

const REPORTS = path.join("node_modules", ".cache", "signalbox-tests");

/** Runs every stage, reports each, ends with the line `N passed, N failed`, and resolves with the exit code. */
export async function runChecks({ say }: { readonly say: Say }): Promise<number> {
  try {
    await ensureGenerated({ say });
  } catch (error) {
    console.error(explainFailure(error));
    console.log("0 passed, 1 failed");
    return 1;
  }
  const results: { readonly name: string; readonly counts: Counts }[] = [];
  for (const stage of stages(say)) {
    say(`── ${stage.name}`);
    const counts = await stage.run().catch((error: unknown) => {
      console.error(explainFailure(error));
      return { passed: 0, failed: 1 };
    });
    results.push({ name: stage.name, counts });
  }
  return report(results);
}

function stages(say: Say): readonly Stage[] {
  const check = (name: string, args: readonly string[]): Stage => ({
    name,
    run: async () => singleCheck(await runStage({ args })),
  });
  return [
    check("lint and format (biome)", [
      "node_modules/@biomejs/biome/bin/biome",
      "check",
      "--error-on-warnings",
      ".",
    ]),
    check("types (tsc)", ["node_modules/typescript/bin/tsc", "--noEmit"]),
    check("import rules (dependency-cruiser)", [
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      ...["--config", ".dependency-cruiser.cjs", "app", "components", "lib"],
    ]),
    check("unused code (knip)", ["node_modules/knip/bin/knip.js"]),
    ...["unit", "connectors", "architecture", "integration"].map((project) => vitestStage(project)),
    { name: "integration tests on the system's PostgreSQL", run: () => systemPostgresStage(say) },
    { name: "end to end (Chromium)", run: () => endToEndStage(say) },
  ];
}

function vitestStage(project: string): Stage {
  return { name: `${project} tests`, run: () => runVitest({ project, report: project, env: {} }) };
}

async function runVitest(run: {
  readonly project: string;
  readonly report: string;
  readonly env: Readonly<Record<string, string>>;
  /** Parts of file names; all files where left out. */
  readonly only?: readonly string[];
}): Promise<Counts> {
  const file = path.join(REPORTS, `${run.report}.json`);
  await rm(file, { force: true });
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const only = (run.only ?? []).map((part) => `tests/${run.project}/${part}`);
  const code = await runStage({
    args: ["node_modules/vitest/vitest.mjs", "run", "--project", run.project, ...only, ...reporters],
    env: { NODE_ENV: "test", ...run.env },
  });
  return countVitest({ file, code });
}

async function systemPostgresStage(say: Say): Promise<Counts> {
  const binDir = await findSystemPostgres();
  if (binDir === undefined) {
    say("no PostgreSQL 15 or newer is installed beside the embedded one: skipped");
    return { passed: 0, failed: 0 };
  }
  say(`using ${binDir}`);
  const env = { SIGNALBOX_TEST_POSTGRES_BIN: binDir };
  return runVitest({ project: "integration", report: "integration-system", env, only: OF_THE_RELEASE });
}

async function endToEndStage(say: Say): Promise<Counts> {
  await ensureBuilt({ say });
  const chromium = await findChromium({ say });
  const file = path.join(REPORTS, "e2e.json");
  await rm(file, { force: true });
  const code = await runStage({
    args: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    env: { CHROMIUM_PATH: chromium ?? "", PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return countPlaywright({ file, code });
}

function report(results: readonly { readonly name: string; readonly counts: Counts }[]): number {
  console.log("");
  for (const { name, counts } of results) {
    const mark = counts.failed === 0 ? "ok    " : "FAILED";
    console.log(`${mark} ${name}: ${counts.passed} passed, ${counts.failed} failed`);
  }
  const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
  const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
