import { z } from "zod";
import { env } from "@/lib/config/env";
import { type LineProof, proveLine } from "@/lib/core/audit/prove-line";
import { AppError } from "@/lib/core/errors";
import { readSigningKeys } from "@/lib/crypto/signing-key";
import { findLine, readWholeBlock, type StoredLine } from "@/lib/db/audit-line";
import { query } from "@/lib/services/query";

/** One line of our own trail, and whether it is what was sealed. */
export type TrailLine = Pick<StoredLine, "id" | "leaf" | "actorName"> & {
  /** Undefined while the line waits to be sealed, which takes about a second. */
  readonly sealed:
    | { readonly block: number; readonly position: number; readonly at: Date; readonly proof: LineProof }
    | undefined;
};

/** One line with the proof of its place in its block. @throws AppError forbidden | bad_request | not_found */
export const readTrailLine = query({
  permission: "audit.read",
  input: z.object({ id: z.string().regex(/^[1-9]\d{0,17}$/) }),
  disclosesPhi: ({ id }) => ({ action: "R", entityType: "audit-trail", entityId: id }),
  run: async ({ input: { id } }): Promise<TrailLine> => {
    const line = await findLine(id);
    if (line === undefined) throw new AppError("not_found", "There is no such line in the audit trail.");
    const { leaf, actorName } = line;
    return { id, leaf, actorName, sealed: await provePlace(line) };
  },
});

async function provePlace({ id, leaf, digest, sealed }: StoredLine): Promise<TrailLine["sealed"]> {
  const whole = sealed && (await readWholeBlock(sealed.block));
  if (sealed === undefined || whole === undefined) return undefined;
  const keys = readSigningKeys(env().signingKeysFile).publicKeys;
  const proof = proveLine({ id, leaf, digest, position: sealed.position, keys, ...whole });
  return { ...sealed, at: whole.block.sealedAt, proof };
}
