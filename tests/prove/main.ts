import { parseArgs } from "node:util";
import { proveEscalation } from "./escalation";
import { proveFuzz } from "./fuzz";
import { proveKills } from "./kills";
import { proveMllpKills } from "./mllp-kills";
import { proveReplays } from "./replay";
import { proveTampering } from "./tamper";

/*
 * `npm run prove -- <name> [--n N] [--seed S] [--json]`: proofs that take too long for every test run. Standard output
 * ends with one line of JSON; progress goes to standard error. Exit code 1 when the proof fails.
 */

const proofs = {
  escalation: proveEscalation,
  fuzz: proveFuzz,
  kills: proveKills,
  "mllp-kills": proveMllpKills,
  replay: proveReplays,
  tamper: proveTampering,
} as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    n: { type: "string", default: "100" },
    seed: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const proof = Object.entries(proofs).find(([name]) => name === positionals[0])?.[1];
if (proof === undefined) {
  process.stderr.write(`Say what to prove: ${Object.keys(proofs).join(", ")}\n`);
  process.exit(2);
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stopping.abort());
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const { isProven, ...verdict } = await proof({
  n: Number(values.n),
  seed,
  say: (line) => process.stderr.write(`${line}\n`),
  signal: stopping.signal,
});
process.stdout.write(`${JSON.stringify(verdict)}\n`);
process.exit(isProven ? 0 : 1);
