import type { AuditBlock } from "@/lib/core/audit/block";

/** Columns of a block as `BlockRow` names them. `number` is text here: sort by the column of the table. */
export const blockColumns = `number::text, leaf_count AS "leafCount", first_id::text AS "firstId", last_id::text AS "lastId",
  root, previous, sealed_at AS "sealedAt", key_id AS "keyId", hash, signature`;

export type BlockRow = Omit<AuditBlock, "number"> & { readonly number: string };

export function blockOf({ number, sealedAt, ...rest }: BlockRow): AuditBlock {
  return { ...rest, number: Number(number), sealedAt: instantOf(sealedAt) };
}

/** Postgres' infinity is no instant. Only tampering puts it there: any instant that no line has shows that. */
export function instantOf(at: unknown): Date {
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at : new Date(0);
}
