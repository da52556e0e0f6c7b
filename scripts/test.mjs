#!/usr/bin/env node
/** `npm test`: sets everything up, then runs all checks and tests, each stage even after another failed. */
import { bootstrap } from "./prepare/bootstrap.mjs";
import { progressLine } from "./prepare/progress.mjs";

const say = (line) => console.log(progressLine(line));

await bootstrap({ say });
const { runChecks } = await import("./check/run-checks.ts");
process.exitCode = await runChecks({ say });
