import { open } from "node:fs/promises";
import { z } from "zod";
import { env } from "@/lib/config/env";
import type { AuditBlock } from "@/lib/core/audit/block";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { AppError } from "@/lib/core/errors";
import { instantSchema } from "@/lib/core/time/range-schema";
import { readSigningKeys, type SigningKeys } from "@/lib/crypto/signing-key";
import { atOneMoment, blocksSealedIn, readTrail, type TrailPart } from "@/lib/db/audit-trail";
import { command } from "@/lib/services/command";

export type ExportedTrail = {
  readonly file: string;
  readonly blocks: number;
  readonly rows: number;
  /** Ids of the keys whose public halves stand in the export: compare them with what you wrote down. */
  readonly keyIds: readonly string[];
};

/**
 * Writes the sealed trail as NDJSON, with what its check needs: a head with the public keys, every block followed by its
 * lines, an end with the counts. `from` and `to` choose blocks by when they were sealed. A file that exists is not replaced.
 * @throws AppError forbidden | bad_request | conflict when the file exists
 */
export const exportTrail = command({
  permission: "audit.read",
  input: z.object({
    file: z.string().min(1),
    from: instantSchema().optional(),
    to: instantSchema().optional(),
  }),
  run: ({ input, now }) =>
    writeExport({
      file: input.file,
      from: input.from,
      to: input.to,
      now,
      keys: readSigningKeys(env().signingKeysFile),
    }),
  audit: ({ result }) => ({
    action: "R",
    entityType: "audit-trail",
    entityId: "export",
    detail: { blocks: result.blocks, rows: result.rows },
  }),
});

type ExportAsk = {
  readonly file: string;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly now: Date;
  readonly keys: SigningKeys;
};

async function writeExport(ask: ExportAsk): Promise<ExportedTrail> {
  const handle = await open(ask.file, "wx", 0o600).catch((cause: unknown) => {
    throw new AppError("conflict", "The file of the export exists already, or cannot be written.", { cause });
  });
  let [blocks, rows] = [0, 0];
  try {
    await handle.write(`${JSON.stringify(headOf(ask))}\n`);
    await atOneMoment(async (client) => {
      const range = await blocksSealedIn(client, ask);
      if (range === undefined) return;
      for await (const parts of readTrail(client, range)) {
        const inside = parts.filter(({ kind }) => kind === "block").length;
        blocks += inside;
        rows += parts.length - inside;
        await handle.write(parts.map(printedPart).join(""));
      }
    });
    await handle.write(`${JSON.stringify({ kind: "end", blocks, rows })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { file: ask.file, blocks, rows, keyIds: [...ask.keys.publicKeys.keys()] };
}

function headOf({ keys: { publicKeys }, now, from, to }: ExportAsk) {
  const keys = [...publicKeys].map(([id, key]) => [
    id,
    key.export({ format: "der", type: "spki" }).toString("base64"),
  ]);
  return {
    kind: "head",
    format: "signalbox-audit-export/1",
    exportedAt: now.toISOString(),
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
    keys: Object.fromEntries(keys),
  };
}

function printedPart(part: TrailPart): string {
  const line = part.kind === "block" ? blockLine(part.block) : leafLine(part.listed);
  return `${JSON.stringify(line)}\n`;
}

function blockLine({ root, previous, hash, signature, sealedAt, ...block }: AuditBlock) {
  return {
    kind: "block",
    ...block,
    root: root.toString("hex"),
    previous: previous.toString("hex"),
    sealedAt: sealedAt.toISOString(),
    hash: hash.toString("hex"),
    signature: signature.toString("hex"),
  };
}

function leafLine(listed: {
  readonly id: string;
  readonly leaf: (AuditLeaf & { readonly digest: Buffer }) | undefined;
}) {
  if (listed.leaf === undefined) return { kind: "leaf", id: listed.id, missing: true };
  const { digest, at, ...leaf } = listed.leaf;
  return { kind: "leaf", id: listed.id, at: at.toISOString(), ...leaf, digest: digest.toString("hex") };
}
