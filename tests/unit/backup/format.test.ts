import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BackupRecord,
  decodeRecord,
  decodeRecordHead,
  encodeRecord,
  recordHeadBytes,
} from "@/lib/core/backup/format";

function decoded(bytes: Buffer): BackupRecord {
  const { letter, length } = decodeRecordHead(bytes.subarray(0, recordHeadBytes));
  expect(bytes.length).toBe(recordHeadBytes + length);
  return decodeRecord(letter, bytes.subarray(recordHeadBytes));
}

describe("a record of a backup", () => {
  test.each<BackupRecord>([
    {
      kind: "head",
      head: { format: 1, createdAt: "2026-01-31T03:15:00.000Z", migrations: ["0001_a", "0002_b"] },
    },
    { kind: "table", table: { schema: "public", name: "setting", columns: ["key", "value"] } },
    {
      kind: "table",
      table: {
        schema: "signal",
        name: "delivery",
        columns: ["id"],
        days: { from: "2026-01-30", to: "2026-01-31" },
      },
    },
    {
      kind: "manifest",
      manifest: {
        rows: { "public.setting": 3 },
        sequences: { "public.leg_id_seq": "9223372036854775807" },
        totals: [{ legId: -1, day: "2026-01-30", ok: 5, failed: 0, filtered: 1, pending: 0, unknown: 0 }],
      },
    },
  ])("is read as it was written: $kind", (record) => {
    expect(decoded(encodeRecord(record))).toEqual(record);
  });

  test("hands rows through byte by byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const rows = Buffer.from(bytes);
        expect(decoded(encodeRecord({ kind: "rows", bytes: rows }))).toEqual({ kind: "rows", bytes: rows });
      }),
    );
  });

  test.each([
    { what: "an unknown letter", letter: "X", body: "" },
    {
      what: "another format",
      letter: "H",
      body: '{"format":2,"createdAt":"2026-01-31T03:15:00Z","migrations":[]}',
    },
    {
      what: "another schema",
      letter: "T",
      body: '{"schema":"pg_catalog","name":"pg_authid","columns":["rolname"]}',
    },
    { what: "no columns", letter: "T", body: '{"schema":"public","name":"setting","columns":[]}' },
    {
      what: "a day that is none",
      letter: "T",
      body: '{"schema":"signal","name":"delivery","columns":["id"],"days":{"from":"x","to":"y"}}',
    },
    { what: "no JSON", letter: "M", body: "{" },
  ])("is refused with $what", ({ letter, body }) => {
    expect(() => decodeRecord(letter, Buffer.from(body))).toThrow();
  });
});
