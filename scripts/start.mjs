#!/usr/bin/env node
/** `npm start`: from a fresh checkout to a running product. */
import { bootstrap } from "./prepare/bootstrap.mjs";
import { progressLine } from "./prepare/progress.mjs";

const say = (line) => console.log(progressLine(line));

await bootstrap({ say });
const { supervise } = await import("./supervise.ts");
process.exitCode = await supervise({ say });
