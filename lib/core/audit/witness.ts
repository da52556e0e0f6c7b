import type { KeyObject } from "node:crypto";
import { isSignedBy, type Signer, type TrailHead } from "./block";
import { canonicalJson } from "./canonical-json";
import { type WitnessLine, witnessLineSchema } from "./schema";
import { sha256 } from "./sha256";

export type { WitnessLine } from "./schema";

/** What a line of the witness file says: where the trail ended, and when. Number 0 and no hash: nothing was sealed. */
export type WitnessStatement = {
  /** `restored`: a backup replaced the trail, which goes on from here; lines before it speak of what was replaced. */
  readonly kind: "head" | "restored";
  readonly at: Date;
  readonly head: Pick<TrailHead, "number" | "hash"> | undefined;
};

/** Signs a statement, as one line of JSON without the line end. */
export function printWitnessLine(statement: WitnessStatement, signer: Signer): string {
  const unsigned = {
    kind: statement.kind,
    at: statement.at.toISOString(),
    number: statement.head?.number ?? 0,
    hash: statement.head?.hash.toString("hex") ?? "",
    keyId: signer.keyId,
  };
  return JSON.stringify({ ...unsigned, signature: signer.sign(digestOf(unsigned)).toString("hex") });
}

/** Reads a line; undefined when it is not whole, as the last one may be after a power cut. */
export function parseWitnessLine(text: string): WitnessLine | undefined {
  try {
    return witnessLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether a line was signed by the key it names. */
export function isWitnessSigned(line: WitnessLine, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = keys.get(line.keyId);
  return key !== undefined && isSignedBy(key, digestOf(line), Buffer.from(line.signature, "hex"));
}

/** The lines that speak of the trail as it is now: from the last restore on. */
export function linesInForce(lines: readonly WitnessLine[]): readonly WitnessLine[] {
  const restored = lines.findLastIndex(({ kind }) => kind === "restored");
  return restored < 0 ? lines : lines.slice(restored);
}

function digestOf({ kind, at, number, hash, keyId }: Omit<WitnessLine, "signature">): Buffer {
  const text = canonicalJson({ format: "signalbox-audit-witness/1", kind, at, number, hash, keyId });
  return sha256(text);
}
