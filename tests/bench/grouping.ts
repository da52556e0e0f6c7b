import { readFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { makeFailures } from "@/tests/support/make-failures";
import { labelledFailureSchema, scoreGrouping } from "@/tests/support/score-grouping";

/*
 * How well failures of one cause come together, and no others: pairwise precision and recall, and whether a value of a
 * patient is found in a title or in what a fingerprint is made of. `--in` takes a file with one JSON object a line:
 *   {"interface", "destination", "reason"?, "ackCode"?, "text", "cause", "canaries"?: [..]}
 * Without it, 10,000 failures of 60 causes are made. Ends with one line of JSON on standard output.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    in: { type: "string" },
    n: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
});

const failures =
  options.in === undefined
    ? makeFailures({ seed: Number(options.seed), failures: Number(options.n), patients: 500 })
    : (await readFile(options.in, "utf8"))
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => labelledFailureSchema.parse(JSON.parse(line)));
const startedAt = performance.now();
const score = scoreGrouping(failures);
const perSecond = Math.round(failures.length / ((performance.now() - startedAt) / 1_000));
const result = { ...score, perSecond, loadAverage: loadavg().map((load) => Number(load.toFixed(2))) };
process.stdout.write(`${JSON.stringify(result)}\n`);
