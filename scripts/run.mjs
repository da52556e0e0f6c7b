#!/usr/bin/env node
/**
 * `node scripts/run.mjs <entry.ts> [arguments]`: prepares dependencies, database client and database, then runs the
 * entry. Standard output belongs to the entry; a preparation that takes long reports on standard error.
 */
import { bootstrap } from "./prepare/bootstrap.mjs";
import { progressLine } from "./prepare/progress.mjs";

const SLOW_MS = 2000;
const waiting = [];
const timer = setInterval(() => {
  for (const line of waiting.splice(0)) console.error(line);
}, SLOW_MS);

await bootstrap({ say: (line) => waiting.push(progressLine(line)) });
const { runPrepared } = await import("./run-prepared.ts");
process.exitCode = await runPrepared({
  args: process.argv.slice(2),
  say: (line) => waiting.push(progressLine(line)),
  begin: () => clearInterval(timer),
});
clearInterval(timer);
