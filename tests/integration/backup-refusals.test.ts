import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import type { BackupRecord } from "@/lib/core/backup/format";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { takeBackup } from "@/lib/services/backup/take-backup";
import { asOwner, contents, repack, withInstallation } from "@/tests/support/backups";
import { oneOfEverything } from "@/tests/support/full-database";

const place = withInstallation();
const cli: Actor = { kind: "system", name: "cli" };
const headerBytes = 5 + 1 + 2 + 7;

let file = "";
let before: Awaited<ReturnType<typeof unaudited>> = {};

/** Everything but the audit trail, which tells of each refusal. */
async function unaudited() {
  const { "signal.audit_leaf": _told, "signal.audit_unsealed": _queued, ...others } = await contents(place());
  return others;
}

beforeAll(async () => {
  await asOwner(place(), ...oneOfEverything);
  // Random bytes do not pack: the file has more than one chunk of 1 MiB.
  await asOwner(
    place(),
    `INSERT INTO signal.dead_letter (source_id, reason, digest, content_kind, key_id, payload)
     SELECT 1, 'unparseable', int4send(i), 'json', 'k1',
       (SELECT string_agg(sha512((i || '/' || j)::bytea), ''::bytea) FROM generate_series(1, 10000) j)
     FROM generate_series(1, 4) i`,
  );
  file = (await takeBackup(cli)).file;
  // What a restore that is half done would undo.
  await asOwner(place(), "INSERT INTO public.setting (key, value) VALUES ('later', '1')");
  before = await unaudited();
});

/** The restore fails with this code, nothing has changed, and the audit trail has a line more that says so. */
async function expectRefused(target: string, code: string): Promise<void> {
  await expect(restoreBackup(cli, target)).rejects.toMatchObject({ name: "AppError", code });
  expect(await unaudited()).toEqual(before);
  const [last] = await asOwner(
    place(),
    "SELECT actor_id, entity_type, entity_id, outcome, detail FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
  );
  expect(last).toEqual({
    actor_id: "cli",
    entity_type: "restore",
    entity_id: path.basename(target),
    outcome: "failure",
    detail: { errorCode: code },
  });
}

async function changedFile(change: (bytes: Buffer) => readonly Uint8Array[]): Promise<string> {
  const target = `${file}.changed`;
  await writeFile(target, Buffer.concat([...change(await readFile(file))]));
  return target;
}

/** The sealed chunks of a file, each with the length in front of it. */
function chunksOf(bytes: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = headerBytes; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at);
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

describe("a file that was changed after it was written", () => {
  test("has more than two chunks, so that they can be swapped", async () => {
    expect(chunksOf(await readFile(file)).length).toBeGreaterThan(2);
  });

  test.each<{ readonly what: string; readonly change: (bytes: Buffer) => readonly Uint8Array[] }>([
    { what: "is empty", change: () => [] },
    { what: "ends within its last chunk", change: (bytes) => [bytes.subarray(0, -1)] },
    {
      what: "lacks its last chunk",
      change: (bytes) => [bytes.subarray(0, headerBytes), ...chunksOf(bytes).slice(0, -1)],
    },
    {
      what: "has two chunks swapped",
      change: (bytes) => {
        const [first, second, ...others] = chunksOf(bytes);
        return [bytes.subarray(0, headerBytes), second ?? first, first, ...others].flatMap(
          (part) => part ?? [],
        );
      },
    },
    {
      what: "has a bit flipped in its last chunk",
      change: (bytes) => {
        const copy = Buffer.from(bytes);
        copy.writeUInt8(copy.readUInt8(copy.length - 40) ^ 4, copy.length - 40);
        return [copy];
      },
    },
    { what: "goes on after its end", change: (bytes) => [bytes, Buffer.from("more")] },
    { what: "is something else", change: () => [Buffer.from("PGDMP and so on")] },
  ])("is refused when it $what and nothing changes", async ({ change }) => {
    await expectRefused(await changedFile(change), "bad_request");
  });

  test("is refused with the keys of another installation, and nothing changes", async () => {
    const target = `${file}.other-keys`;
    await copyFile(file, target);
    // The name of the key, as another installation may have it.
    const bytes = await readFile(target);
    bytes.write("k9", 6, "latin1");
    await writeFile(target, bytes);
    await expectRefused(target, "bad_request");
  });

  test("is refused when it does not exist", async () => {
    await expectRefused(path.join(place().folder, "no-such-file"), "not_found");
  });
});

describe("a file that only the right key could make, but that does not fit", () => {
  const same = (record: BackupRecord) => [record];
  test.each<{
    readonly what: string;
    readonly change: (record: BackupRecord) => readonly BackupRecord[];
  }>([
    {
      what: "another release made it",
      change: (record) =>
        record.kind === "head"
          ? [{ ...record, head: { ...record.head, migrations: [...record.head.migrations, "9999_later"] } }]
          : same(record),
    },
    {
      what: "it has a column that is not known here",
      change: (record) =>
        record.kind === "table" && record.table.name === "leg"
          ? [{ ...record, table: { ...record.table, columns: [...record.table.columns, "colour"] } }]
          : same(record),
    },
    {
      what: "it has a table that is not known here",
      change: (record) =>
        record.kind === "manifest"
          ? [{ kind: "table", table: { schema: "public", name: "stranger", columns: ["id"] } }, record]
          : same(record),
    },
    {
      what: "it has sign-ins",
      change: (record) =>
        record.kind === "manifest"
          ? [{ kind: "table", table: { schema: "public", name: "session", columns: ["token_hash"] } }, record]
          : same(record),
    },
    { what: "it has no head", change: (record) => (record.kind === "head" ? [] : same(record)) },
    {
      what: "it has two heads",
      change: (record) => (record.kind === "head" ? [record, record] : same(record)),
    },
    { what: "it has no manifest", change: (record) => (record.kind === "manifest" ? [] : same(record)) },
    {
      what: "it goes on after its manifest",
      change: (record) =>
        record.kind === "manifest" ? [record, { kind: "rows", bytes: Buffer.from("1\n") }] : same(record),
    },
    {
      what: "a table has fewer rows than it says",
      change: (record) =>
        record.kind === "manifest"
          ? [
              {
                kind: "manifest",
                manifest: {
                  ...record.manifest,
                  rows: { ...record.manifest.rows, "signal.delivery": 4 },
                },
              },
            ]
          : same(record),
    },
    {
      what: "it leaves a table out",
      change: (record) => {
        if (record.kind !== "manifest") return same(record);
        const { "signal.change": _left, ...rows } = record.manifest.rows;
        return [{ kind: "manifest", manifest: { ...record.manifest, rows } }];
      },
    },
  ])("is refused when $what and nothing changes", async ({ change }) => {
    await expectRefused(await repack(file, change), "bad_request");
  });

  test("is refused when the database refuses one of its rows, and nothing changes", async () => {
    const target = await repack(file, (record) =>
      record.kind === "manifest"
        ? [
            { kind: "table", table: { schema: "signal", name: "rollup_lock", columns: ["leg_id"] } },
            { kind: "rows", bytes: Buffer.from("not a number\n") },
            record,
          ]
        : same(record),
    );
    await expect(restoreBackup(cli, target)).rejects.toMatchObject({ code: "22P02" });
    expect(await unaudited()).toEqual(before);
  });
});

describe("a good file", () => {
  test("is refused while a worker runs", async () => {
    await asOwner(
      place(),
      "INSERT INTO signal.lease (name, holder, expires_at) VALUES ('worker:jobs:x', 'x', now() + interval '1 hour')",
    );
    await expect(restoreBackup(cli, file)).rejects.toMatchObject({ code: "conflict" });
    await asOwner(place(), "DELETE FROM signal.lease WHERE holder = 'x'");
    expect(await unaudited()).toEqual(before);
  });

  test("is refused while somebody else uses a table", async () => {
    const other = new pg.Client({ connectionString: place().ownerUrl });
    await other.connect();
    try {
      await other.query("BEGIN");
      await other.query("LOCK TABLE signal.delivery IN ACCESS SHARE MODE");
      await expect(restoreBackup(cli, file)).rejects.toMatchObject({ name: "AppError", code: "conflict" });
    } finally {
      await other.end();
    }
  });

  test("is restored after all these refusals", async () => {
    await restoreBackup(cli, file);
    const [later] = await asOwner<{ count: string }>(
      place(),
      "SELECT count(*) FROM public.setting WHERE key = 'later'",
    );
    expect(later).toEqual({ count: "0" });
  });
});
