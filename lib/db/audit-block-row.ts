import type { AuditBlock } from "@/lib/core/audit/block";

/** Columns of a block as `BlockRow` names them. */
export const blockColumns = `number::text, leaf_count AS "leafCount", first_id::text AS "firstId", last_id::text AS "lastId",
  root, previous, sealed_at AS "sealedAt", key_id AS "keyId", hash, signature`;

export type BlockRow = Omit<AuditBlock, "number"> & { readonly number: string };

export function blockOf({ number, ...rest }: BlockRow): AuditBlock {
  return { ...rest, number: Number(number) };
}
