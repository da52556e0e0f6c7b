import { z } from "zod";

/**
 * One record of a backup. A head comes first and a manifest last; between them stand tables, each followed by its rows
 * in COPY text format. A partitioned table comes once for each partition.
 */
export type BackupRecord =
  | { readonly kind: "head"; readonly head: BackupHead }
  | { readonly kind: "table"; readonly table: TableHeader }
  | { readonly kind: "rows"; readonly bytes: Buffer }
  | { readonly kind: "manifest"; readonly manifest: BackupManifest };

const headSchema = z
  .object({
    format: z.literal(1),
    createdAt: z.iso.datetime(),
    /** Names of the migrations of the database it was taken from. */
    migrations: z.array(z.string()),
  })
  .readonly();
export type BackupHead = z.infer<typeof headSchema>;

const tableHeaderSchema = z
  .object({
    schema: z.enum(["public", "signal", "clinical"]),
    name: z.string(),
    columns: z.array(z.string()).min(1),
    /** First and last UTC day of the partition that the rows lie in. */
    days: z.object({ from: z.iso.date(), to: z.iso.date() }).readonly().optional(),
  })
  .readonly();
export type TableHeader = z.infer<typeof tableHeaderSchema>;

const dayTotalSchema = z
  .object({
    legId: z.int(),
    day: z.iso.date(),
    ok: z.int(),
    failed: z.int(),
    filtered: z.int(),
    pending: z.int(),
    unknown: z.int(),
  })
  .readonly();
/** Outcome counts of one leg in one UTC day. */
export type DayTotal = z.infer<typeof dayTotalSchema>;

const manifestSchema = z
  .object({
    /** Rows by `schema.table`, tables without rows included. */
    rows: z.record(z.string(), z.int()),
    /** The last number given out by `schema.sequence`, as decimal text. */
    sequences: z.record(z.string(), z.string()),
    /** Random day totals taken in the same snapshot, to be compared after a restore. */
    totals: z.array(dayTotalSchema),
  })
  .readonly();
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Bytes in front of a record's body: its kind (1 byte) and the length of its body (4 bytes, big endian). */
export const recordHeadBytes = 5;

const kinds = { head: "H", table: "T", rows: "D", manifest: "M" } as const;

/** A record as bytes. */
export function encodeRecord(record: BackupRecord): Buffer {
  const body = bodyOf(record);
  const bytes = Buffer.allocUnsafe(recordHeadBytes + body.length);
  bytes.write(kinds[record.kind], 0, "latin1");
  bytes.writeUInt32BE(body.length, 1);
  body.copy(bytes, recordHeadBytes);
  return bytes;
}

/** What the bytes in front of a body say: the letter of the kind, and the body's length. */
export function decodeRecordHead(head: Buffer): { readonly letter: string; readonly length: number } {
  return { letter: head.toString("latin1", 0, 1), length: head.readUInt32BE(1) };
}

/** The record that a letter and a body say. @throws ZodError or SyntaxError on anything else */
export function decodeRecord(letter: string, body: Buffer): BackupRecord {
  const known = z.enum(["H", "T", "D", "M"]).parse(letter);
  switch (known) {
    case "H":
      return { kind: "head", head: headSchema.parse(JSON.parse(body.toString())) };
    case "T":
      return { kind: "table", table: tableHeaderSchema.parse(JSON.parse(body.toString())) };
    case "D":
      return { kind: "rows", bytes: body };
    case "M":
      return { kind: "manifest", manifest: manifestSchema.parse(JSON.parse(body.toString())) };
  }
}

function bodyOf(record: BackupRecord): Buffer {
  switch (record.kind) {
    case "head":
      return Buffer.from(JSON.stringify(record.head));
    case "table":
      return Buffer.from(JSON.stringify(record.table));
    case "rows":
      return record.bytes;
    case "manifest":
      return Buffer.from(JSON.stringify(record.manifest));
  }
}
