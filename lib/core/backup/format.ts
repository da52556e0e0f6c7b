import { z } from "zod";

/** One record of a backup: a table begins, rows of it in COPY text format, it ends, and one manifest at the very end. */
export type BackupRecord =
  | { readonly kind: "table"; readonly table: TableHeader }
  | { readonly kind: "rows"; readonly bytes: Buffer }
  | { readonly kind: "manifest"; readonly manifest: BackupManifest };

export const tableHeaderSchema = z.object({
  schema: z.enum(["public", "signal"]),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  /** First and last UTC day held, for tables in partitions. */
  days: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
});
export type TableHeader = z.infer<typeof tableHeaderSchema>;

/** Outcome counts of one leg in one UTC day. */
export const dayTotalSchema = z.object({
  legId: z.int(),
  day: z.iso.date(),
  ok: z.int(),
  failed: z.int(),
  filtered: z.int(),
  pending: z.int(),
  unknown: z.int(),
});
export type DayTotal = z.infer<typeof dayTotalSchema>;

export const backupManifestSchema = z.object({
  createdAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** Rows by `schema.table`. */
  rows: z.record(z.string(), z.int()),
  /** Random day totals taken in the same snapshot, to be compared after a restore. */
  totals: z.array(dayTotalSchema),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

const kinds = { table: "T", rows: "D", manifest: "M" } as const;

/** A record as bytes: kind (1 byte), length (4 bytes, big endian), body. */
export function encodeRecord(record: BackupRecord): Buffer {
  const body = bodyOf(record);
  const head = Buffer.alloc(5);
  head.write(kinds[record.kind], 0, "latin1");
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** The record that a kind byte and a body say. @throws ZodError or SyntaxError on anything else */
export function decodeRecord(kind: string, body: Buffer): BackupRecord {
  const wanted = z.enum(["T", "D", "M"]).parse(kind);
  switch (wanted) {
    case "T":
      return { kind: "table", table: tableHeaderSchema.parse(JSON.parse(body.toString())) };
    case "D":
      return { kind: "rows", bytes: body };
    case "M":
      return { kind: "manifest", manifest: backupManifestSchema.parse(JSON.parse(body.toString())) };
  }
}

function bodyOf(record: BackupRecord): Buffer {
  switch (record.kind) {
    case "table":
      return Buffer.from(JSON.stringify(record.table));
    case "rows":
      return record.bytes;
    case "manifest":
      return Buffer.from(JSON.stringify(record.manifest));
  }
}
