import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { sealedLeaf } from "@/lib/core/audit/block";
import { inclusionProof, rootByProof } from "@/lib/core/audit/merkle";
import { readSigningKeys } from "@/lib/crypto/signing-key";
import { atOneMoment, readTrail } from "@/lib/db/audit-trail";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { checkMoment } from "@/lib/services/own-audit/verify-trail";
import { readWitnessFile } from "@/lib/services/own-audit/witness-file";
import { witnessHead } from "@/lib/services/own-audit/witness-head";
import { createBenchDatabase } from "./bench-database";
import { fillTrail } from "./make-trail";

/*
 * How long it takes to verify the audit trail, and to prove that one row is part of a block. Ends with one line of JSON on
 * standard output; progress goes to standard error.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rows: { type: "string", default: "1000000" },
    "per-block": { type: "string", default: "10" },
  },
});
const rows = Number(options.rows);
const perBlock = Number(options["per-block"]);
const say = (line: string) => process.stderr.write(`${line}\n`);

const bench = await createBenchDatabase();
const folder = await mkdtemp(path.join(tmpdir(), "signalbox-bench-audit-"));
const db = openDatabase(bench.appUrl);
switchDatabase(db);
try {
  const place = {
    keys: readSigningKeys(path.join(folder, "signing-keys.json")),
    file: path.join(folder, "audit-witness.ndjson"),
  };
  await fillTrail({ ownerUrl: bench.ownerUrl, rows, perBlock, keys: place.keys, say });
  await witnessHead(new Date(), place);
  const witnessed = await readWitnessFile(place.file);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const verdict = await atOneMoment((client) =>
    checkMoment({ client, period: { from: undefined, to: undefined }, witnessed, keys: place.keys }),
  );
  const verifySeconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const proofMs = await medianProofMs(Math.ceil(rows / perBlock));
  const result = {
    rows: verdict.rows,
    blocks: verdict.blocks,
    ok: verdict.ok,
    verifySeconds: Number(verifySeconds.toFixed(1)),
    /** What verifying itself used, without the database: all it would take on a machine that does nothing else. */
    cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
    rowsPerSecond: Math.round(verdict.rows / verifySeconds),
    inclusionProofMs: Number(proofMs.toFixed(2)),
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    load: loadavg()[0],
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  switchDatabase(undefined);
  await db.close();
  await bench.drop();
  await rm(folder, { recursive: true, force: true });
}

/** Reads a block, proves that its last row is part of it and follows the proof to the root: the median of 51. */
async function medianProofMs(blocks: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 51; i++) {
    const startedAt = performance.now();
    await proveLastOf(1 + Math.floor((i * (blocks - 1)) / 50));
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[25] ?? Number.NaN;
}

async function proveLastOf(number: number): Promise<void> {
  const leaves: Buffer[] = [];
  let root: Buffer | undefined;
  await atOneMoment(async (client) => {
    for await (const parts of readTrail(client, { first: number, last: number })) {
      for (const part of parts) {
        if (part.kind === "block") root = part.block.root;
        else
          leaves.push(
            sealedLeaf({ id: part.listed.id, digest: part.listed.leaf?.digest ?? Buffer.alloc(0) }),
          );
      }
    }
  });
  const last = leaves.at(-1) ?? Buffer.alloc(0);
  const reached = rootByProof(last, inclusionProof(leaves, leaves.length - 1));
  if (root === undefined || !reached?.equals(root)) throw new Error("The proof does not lead to the root.");
}
