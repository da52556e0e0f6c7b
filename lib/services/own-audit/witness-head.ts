import { z } from "zod";
import type { AuditBlock } from "@/lib/core/audit/block";
import { printWitnessLine, type WitnessStatement } from "@/lib/core/audit/witness";
import { type SigningKeys, signingKeys } from "@/lib/crypto/signing-key";
import { readHead, readLastWitness, recordWitness } from "@/lib/db/audit-witness";
import { command } from "@/lib/services/command";
import { sealTrail } from "./seal-trail";
import { appendToWitnessFile, witnessFile } from "./witness-file";

/** Where the trail ended when it was last written to the witness file. */
export type WitnessedHead = { readonly at: Date; readonly number: number; readonly hash: string };

/** Keys and file that are not the installation's own, for tests and proofs. */
export type WitnessPlace = { readonly keys: SigningKeys; readonly file: string };

function ownPlace(): WitnessPlace {
  return { keys: signingKeys(), file: witnessFile() };
}

/**
 * Writes the head of the trail to the witness file, unless it stands there already. Undefined when there was nothing to
 * write. First the file, then the note of it: what the database calls witnessed is.
 */
export async function witnessHead(
  now: Date,
  place: WitnessPlace = ownPlace(),
): Promise<WitnessedHead | undefined> {
  const [head, last] = await Promise.all([readHead(), readLastWitness()]);
  if (head === undefined || (last?.number === head.number && last.hash.equals(head.hash))) return undefined;
  await write({ kind: "head", at: now, head }, place);
  await recordWitness({ at: now, number: head.number, hash: head.hash });
  return { at: now, number: head.number, hash: head.hash.toString("hex") };
}

/**
 * Says in the witness file that a backup replaced the trail, which goes on from where it ends now. Lines before this
 * one speak of what was replaced.
 */
export async function witnessRestore(now: Date, place: WitnessPlace = ownPlace()): Promise<void> {
  const head: AuditBlock | undefined = await readHead();
  await write({ kind: "restored", at: now, head }, place);
}

/** Seals and witnesses the trail now. @throws AppError forbidden | conflict when the newest block does not hold */
export const witnessNow = command({
  permission: "audit.read",
  input: z.object({}),
  run: async ({ now }): Promise<WitnessedHead | undefined> => {
    await sealTrail({ now: () => now });
    return witnessHead(now);
  },
  audit: ({ result }) => ({
    action: "E",
    entityType: "audit-witness",
    entityId: result === undefined ? "" : String(result.number),
  }),
});

async function write(statement: WitnessStatement, { keys, file }: WitnessPlace): Promise<void> {
  await appendToWitnessFile(printWitnessLine(statement, keys.current), file);
}
