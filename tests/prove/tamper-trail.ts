import { randomUUID } from "node:crypto";
import path from "node:path";
import pg from "pg";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { readSigningKeys } from "@/lib/crypto/signing-key";
import { auditInsert } from "@/lib/db/audit";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { readWitnessFile, type Witnessed } from "@/lib/services/own-audit/witness-file";
import { type WitnessPlace, witnessHead } from "@/lib/services/own-audit/witness-head";
import { type Random, wholeBelow } from "@/tests/support/random";

const START = Date.parse("2026-03-10T12:00:00.000Z");

/** A sealed trail whose head is witnessed, in the database of this process. */
export type WitnessedTrail = { readonly place: WitnessPlace; readonly witnessed: Witnessed };

/** Writes `leaves` lines in blocks of random size, and witnesses some heads and the last. Keys and file go into `folder`. */
export async function makeTrail(ask: {
  readonly ownerUrl: string;
  readonly folder: string;
  readonly leaves: number;
  readonly random: Random;
}): Promise<WitnessedTrail> {
  const { random } = ask;
  const place = {
    keys: readSigningKeys(path.join(ask.folder, "signing-keys.json")),
    file: path.join(ask.folder, "audit-witness.ndjson"),
  };
  const owner = new pg.Client({ connectionString: ask.ownerUrl });
  await owner.connect();
  let atMs = START;
  for (let written = 0; written < ask.leaves; ) {
    const inBlock = Math.min(1 + wholeBelow(random, 9), ask.leaves - written);
    for (let i = 0; i < inBlock; i++) {
      const insert = auditInsert(aLeaf({ random, at: new Date(++atMs) }));
      await owner.query(insert.text, [...insert.values]);
    }
    written += inBlock;
    const now = new Date(++atMs);
    await sealTrail({ now: () => now, keys: place.keys });
    if (wholeBelow(random, 3) === 0 || written === ask.leaves) await witnessHead(now, place);
  }
  await owner.end();
  return { place, witnessed: await readWitnessFile(place.file) };
}

/** A line as the product writes them, with what a digest must not lose: nested values, numbers, text in any script. */
export function aLeaf({ random, at }: { readonly random: Random; readonly at: Date }): AuditLeaf {
  const pick = wholeBelow(random, 1_000);
  return {
    at,
    actorKind: pick % 3 === 0 ? "system" : "user",
    actorId: pick % 3 === 0 ? "cli" : randomUUID(),
    action: (["C", "R", "U", "D", "E"] as const)[pick % 5] ?? "E",
    permission: "setting.write",
    entityType: "setting",
    entityId: String(pick),
    outcome: pick % 7 === 0 ? "denied" : "success",
    detail:
      pick % 4 === 0
        ? {}
        : { pick, ratio: pick / 7, nested: { text: 'é → 東\n"', list: [null, true, 1e21] } },
    requestId: randomUUID(),
  };
}
