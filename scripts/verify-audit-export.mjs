/*
 * Checks an export of Signalbox's audit trail without Signalbox: plain Node.js, no packages, no database.
 *
 *   node verify-audit-export.mjs <export.ndjson> [--witness <file>] [--key-id <id>]… [--json]
 *
 * With --witness it is compared with what was written down outside the database; with --key-id only keys that you know
 * count. Exit code 0: it holds; 1: it does not; 2: wrongly called. The format is described in
 * docs/decisions/audit-trail.md; nothing here is shared with the product, so that a mistake there is found here.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 8785: sorted keys, no white space. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** Root by the recursive definition of RFC 6962, section 2.1. */
function merkleRoot(hashes) {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(Buffer.of(1), merkleRoot(hashes.slice(0, split)), merkleRoot(hashes.slice(split)));
}

const leafFields = [
  "at",
  "actorKind",
  "actorId",
  "action",
  "permission",
  "entityType",
  "entityId",
  "outcome",
  "detail",
  "requestId",
];
const blockFields = ["number", "leafCount", "firstId", "lastId", "root", "previous", "sealedAt", "keyId"];
const pick = (from, fields) => Object.fromEntries(fields.map((field) => [field, from[field]]));

function isSigned(key, digest, signature) {
  const bytes = Buffer.from(signature, "hex");
  return key !== undefined && bytes.length === 64 && verify(null, digest, key, bytes);
}

async function* linesOf(file) {
  for await (const text of createInterface({ input: createReadStream(file) })) {
    if (text === "") continue;
    try {
      yield JSON.parse(text);
    } catch {
      yield undefined;
    }
  }
}

/** Keys of the export, each under the id that it has by its own bytes. */
function readKeys(head, known) {
  const keys = new Map();
  for (const [id, text] of Object.entries(head.keys ?? {})) {
    const der = Buffer.from(text, "base64");
    const isOwnId = sha256(der).toString("hex").slice(0, 32) === id;
    if (!isOwnId || (known.length > 0 && !known.includes(id))) continue;
    keys.set(id, createPublicKey({ key: der, format: "der", type: "spki" }));
  }
  return keys;
}

/** What was witnessed by block number, from the last restore on until the export was made. */
async function readWitnesses(file, { keys, exportedAt }, found) {
  let lines = [];
  for await (const line of linesOf(file)) {
    if (line === undefined) continue;
    if (line.kind === "restored") lines = [];
    lines.push(line);
  }
  const hashes = new Map();
  for (const line of lines) {
    const signed = pick(line, ["kind", "at", "number", "hash", "keyId"]);
    const digest = sha256(canonical({ format: "signalbox-audit-witness/1", ...signed }));
    if (!isSigned(keys.get(line.keyId), digest, line.signature))
      found("witness-line-invalid", { block: line.number });
    if (line.number > 0 && line.at <= exportedAt)
      hashes.set(line.number, [...(hashes.get(line.number) ?? []), line.hash]);
  }
  return hashes;
}

function checkLeaf(line, block, found) {
  const at = { block: block.number, leafId: line.id };
  if (line.missing) {
    found("leaf-missing", at);
    return sha256();
  }
  const digest = sha256(canonical(pick(line, leafFields)));
  if (digest.toString("hex") !== line.digest) found("leaf-changed", at);
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(line.id));
  return sha256(Buffer.of(0), number, Buffer.from(line.digest, "hex"));
}

function checkBlock({ block, ids, hashes }, { keys, witnessed }, found) {
  const at = { block: block.number };
  const isOrdered = ids.every((id, i) => i === 0 || BigInt(ids[i - 1]) < BigInt(id));
  const isListed = ids.length === block.leafCount && ids[0] === block.firstId && ids.at(-1) === block.lastId;
  if (!isOrdered || !isListed) found("membership-changed", at);
  if (merkleRoot(hashes).toString("hex") !== block.root) found("root-differs", at);
  const hash = sha256(canonical({ format: "signalbox-audit-block/1", ...pick(block, blockFields) }));
  if (hash.toString("hex") !== block.hash) found("block-changed", at);
  if (!isSigned(keys.get(block.keyId), Buffer.from(block.hash, "hex"), block.signature)) {
    found(keys.has(block.keyId) ? "signature-invalid" : "signing-key-unknown", at);
  }
  const told = witnessed.get(block.number);
  witnessed.delete(block.number);
  if (told?.some((witnessedHash) => witnessedHash !== block.hash)) found("witness-differs", at);
}

function checkFollows({ block, previous, isPart }, found) {
  if (previous === undefined) {
    const isGenesis = block.number === 1 && block.previous === "0".repeat(64);
    if (!isGenesis && !isPart) found("block-missing", { block: block.number });
    return;
  }
  if (block.number !== previous.number + 1) found("block-missing", { block: block.number });
  const link = sha256(Buffer.from(previous.hash, "hex"), Buffer.from(previous.signature, "hex"));
  if (block.previous !== link.toString("hex")) found("link-broken", { block: block.number });
}

/**
 * Checks a file and answers with the verdict.
 * @param {{ file: string, witnessFile?: string | undefined, keyIds?: string[] | undefined }} ask
 */
export async function verifyExport({ file, witnessFile, keyIds = [] }) {
  const verdict = {
    rows: 0,
    blocks: 0,
    firstBlock: null,
    lastBlock: null,
    findings: 0,
    firstBad: null,
    keyIds: [],
  };
  const found = (kind, where) => {
    verdict.findings += 1;
    verdict.firstBad ??= { kind, ...where };
  };
  const context = { keys: new Map(), witnessed: new Map() };
  let open;
  let end;
  const close = () => {
    if (open !== undefined) checkBlock(open, context, found);
  };
  const take = {
    head: async (line) => {
      Object.assign(verdict, pick(line, ["exportedAt", "from", "to"]));
      context.keys = readKeys(line, keyIds);
      const ask = { keys: context.keys, exportedAt: line.exportedAt };
      if (witnessFile) context.witnessed = await readWitnesses(witnessFile, ask, found);
    },
    block: (line) => {
      close();
      checkFollows({ block: line, previous: open?.block, isPart: verdict.from !== null }, found);
      open = { block: line, ids: [], hashes: [] };
      verdict.blocks += 1;
      verdict.firstBlock ??= line.number;
      verdict.lastBlock = line.number;
    },
    leaf: (line) => {
      verdict.rows += 1;
      open.ids.push(line.id);
      open.hashes.push(checkLeaf(line, open.block, found));
    },
    end: (line) => {
      close();
      end = line;
    },
  };
  for await (const line of linesOf(file)) {
    // What is missing or of another kind than it should be is damage too.
    const step = end === undefined && Object.hasOwn(take, line?.kind) ? take[line.kind] : undefined;
    if (step === undefined) found("export-damaged", {});
    else
      await Promise.resolve(line)
        .then(step)
        .catch(() => found("export-damaged", {}));
  }
  if (end?.blocks !== verdict.blocks || end?.rows !== verdict.rows) found("export-damaged", {});
  const [first, last] = [
    verdict.from ? verdict.firstBlock : 1,
    verdict.to ? verdict.lastBlock : Number.POSITIVE_INFINITY,
  ];
  const lost = [...context.witnessed.keys()].filter((number) => number >= first && number <= last);
  if (lost.length > 0) found("witness-without-block", { block: Math.min(...lost) });
  return { ...verdict, keyIds: [...context.keys.keys()], ok: verdict.findings === 0 };
}

async function main() {
  const options = {
    witness: { type: "string" },
    "key-id": { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  if (positionals.length !== 1) {
    process.stderr.write(
      "Usage: node verify-audit-export.mjs <export.ndjson> [--witness <file>] [--key-id <id>]… [--json]\n",
    );
    return 2;
  }
  const verdict = await verifyExport({
    file: positionals[0],
    witnessFile: values.witness,
    keyIds: values["key-id"],
  });
  const part =
    verdict.from || verdict.to
      ? `, sealed from ${verdict.from ?? "the first"} to ${verdict.to ?? "the last"}`
      : "";
  const summary = `${verdict.rows} rows in ${verdict.blocks} blocks${part}, exported ${verdict.exportedAt}, signed with ${verdict.keyIds.join(", ") || "no known key"}.`;
  const outcome = verdict.ok ? "It holds." : `It does not hold: ${JSON.stringify(verdict.firstBad)}`;
  process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : `${summary}\n${outcome}\n`);
  return verdict.ok ? 0 : 1;
}

if (process.argv[1]?.endsWith("verify-audit-export.mjs")) process.exitCode = await main();
