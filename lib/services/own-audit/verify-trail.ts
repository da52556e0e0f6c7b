import { z } from "zod";
import { env } from "@/lib/config/env";
import type { Finding } from "@/lib/core/audit/finding";
import { checkTrail, type TrailCounts } from "@/lib/core/audit/verify-trail";
import { isWitnessSigned, type WitnessLine } from "@/lib/core/audit/witness";
import { instantSchema } from "@/lib/core/time/range-schema";
import { readSigningKeys, type SigningKeys } from "@/lib/crypto/signing-key";
import {
  atOneMoment,
  type BlockRange,
  blocksSealedIn,
  countAfter,
  readBlock,
  readStrays,
  readTrail,
} from "@/lib/db/audit-trail";
import { readAllWitnesses, type WitnessRow } from "@/lib/db/audit-witness";
import { query } from "@/lib/services/query";
import { readWitnessFile, type Witnessed, witnessFile } from "./witness-file";
import type { WitnessPlace } from "./witness-head";

/** What verifying the audit trail found. */
export type TrailVerdict = {
  /** Sealing times that were asked for; undefined: from the first block, to the last. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly rows: number;
  readonly blocks: number;
  readonly signatures: number;
  readonly findings: number;
  readonly firstBad: Finding | undefined;
  readonly lastWitness: { readonly at: Date; readonly number: number } | undefined;
  /** Rows since the last witness: a change to these by whoever controls database and keys would not be found. */
  readonly rowsNotWitnessed: number;
  /** Lines of the witness file that cannot be read, as after a power cut. */
  readonly unreadableWitnessLines: number;
  readonly ok: boolean;
};

/**
 * Recomputes the digest of every line, every block and every link, and compares them with what was signed and with
 * what was witnessed outside. With `from` or `to`, only blocks that were sealed then.
 * @throws AppError forbidden | bad_request
 */
export const verifyTrail = query({
  permission: "audit.read",
  input: z.object({ from: instantSchema().optional(), to: instantSchema().optional() }),
  disclosesPhi: () => ({ action: "R", entityType: "audit-trail", entityId: "verify" }),
  run: ({ input: { from, to } }) =>
    checkAll({ from, to }, { keys: readSigningKeys(env().signingKeysFile), file: witnessFile() }),
});

type TrailClient = Parameters<typeof readTrail>[0];
type Period = { readonly from: Date | undefined; readonly to: Date | undefined };

async function checkAll(period: Period, place: WitnessPlace): Promise<TrailVerdict> {
  // What was witnessed before the moment that is read must be there at that moment.
  const witnessed = await readWitnessFile(place.file);
  return atOneMoment((client) => checkMoment({ client, period, witnessed, keys: place.keys }));
}

/** The same on an open connection, with keys and witness lines given. */
export async function checkMoment(ask: {
  readonly client: TrailClient;
  readonly period: Period;
  readonly witnessed: Witnessed;
  readonly keys: SigningKeys;
}): Promise<TrailVerdict> {
  const { client, period, keys } = ask;
  const { lines, unreadable } = ask.witnessed;
  const range = await blocksSealedIn(client, period);
  const counts = await checkBlocks({ client, range, period, lines, keys });
  const outside = [
    ...(await readStrays(client)),
    ...unsignedLines(lines, keys),
    ...missingLines(lines, await readAllWitnesses(client)),
  ];
  const last = lines.findLast(({ number }) => number > 0);
  const { sealed, unsealed } = await countAfter(client, last?.number ?? 0);
  const findings = counts.findings + outside.length;
  return {
    ...period,
    ...counts,
    findings,
    firstBad: counts.firstBad ?? outside[0],
    lastWitness: last && { at: new Date(last.at), number: last.number },
    rowsNotWitnessed: sealed + unsealed,
    unreadableWitnessLines: unreadable,
    ok: findings === 0,
  };
}

async function checkBlocks(ask: {
  readonly client: TrailClient;
  readonly range: BlockRange | undefined;
  readonly period: Period;
  readonly lines: readonly WitnessLine[];
  readonly keys: SigningKeys;
}): Promise<TrailCounts> {
  const { client, period, lines } = ask;
  const range = ask.range ?? { first: 1, last: 0 };
  // A whole trail begins with block 1, whatever number its first block claims; nothing witnessed may lie beyond its end.
  const first = period.from === undefined ? 1 : range.first;
  const last = period.to === undefined ? Number.POSITIVE_INFINITY : range.last;
  const check = checkTrail({
    keys: ask.keys.publicKeys,
    witnessed: lines.filter(({ number }) => number >= first && number <= last),
    previous: first === 1 ? undefined : await readBlock(client, first - 1),
    allSignatures: false,
  });
  for await (const parts of readTrail(client, range)) {
    for (const part of parts) {
      if (part.kind === "block") check.block(part.block);
      else check.leaf(part.listed);
    }
  }
  return check.finish();
}

function unsignedLines(lines: readonly WitnessLine[], { publicKeys }: SigningKeys): readonly Finding[] {
  return lines
    .filter((line) => !isWitnessSigned(line, publicKeys))
    .map(({ number }) => ({ kind: "witness-line-invalid", block: number }));
}

/** Heads that the database calls witnessed and the file does not know; what was witnessed before a restore is not asked for. */
function missingLines(lines: readonly WitnessLine[], rows: readonly WitnessRow[]): readonly Finding[] {
  const [first] = lines;
  const since = first?.kind === "restored" ? new Date(first.at) : undefined;
  const told = new Set(lines.map(({ at, number, hash }) => `${new Date(at).getTime()}/${number}/${hash}`));
  return rows
    .filter(({ at }) => since === undefined || at > since)
    .filter(({ at, number, hash }) => !told.has(`${at.getTime()}/${number}/${hash.toString("hex")}`))
    .map(({ number }) => ({ kind: "witness-line-missing", block: number }));
}
