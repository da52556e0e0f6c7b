import { printWitnessLine } from "@/lib/core/audit/witness";
import { type SigningKeys, signingKeys } from "@/lib/crypto/signing-key";
import { readLastMailed, readLastWitness, recordMailed, type WitnessRow } from "@/lib/db/audit-witness";

/** Somewhat less than the hour that is promised. */
const EVERY_MS = 55 * 60_000;

export type WitnessMail = { readonly number: number; readonly subject: string; readonly text: string };

/** The e-mail that is due: the head that was witnessed last, signed. Undefined while nothing new was witnessed, or too soon. */
export async function dueWitnessMail(
  now: Date,
  keys: SigningKeys = signingKeys(),
): Promise<WitnessMail | undefined> {
  const [last, mailed] = await Promise.all([readLastWitness(), readLastMailed()]);
  if (last === undefined || last.number === mailed?.number) return undefined;
  if (mailed !== undefined && now.getTime() - mailed.at.getTime() < EVERY_MS) return undefined;
  return mailOf(last, keys);
}

/** Notes that a head went out by e-mail. */
export async function noteMailed({ number }: WitnessMail, now: Date): Promise<void> {
  await recordMailed({ number, at: now });
}

function mailOf({ at, number, hash }: WitnessRow, keys: SigningKeys): WitnessMail {
  const line = printWitnessLine({ kind: "head", at, head: { number, hash } }, keys.current);
  const text = [
    `At ${at.toISOString()} the audit trail of Signalbox ended with block ${number}.`,
    "Keep this e-mail where nobody who can change the database can change it.",
    "",
    "To check the trail against it, save the next line to a file and give the file to",
    "verify-audit-export.mjs as --witness, with an export of the trail.",
    "",
    line,
    "",
  ].join("\n");
  return { number, subject: `Audit trail of Signalbox: block ${number} witnessed`, text };
}
