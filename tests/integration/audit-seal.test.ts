import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sealBlock } from "@/lib/core/audit/block";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { readSigningKeys } from "@/lib/crypto/signing-key";
import { appendAudit, auditInsert } from "@/lib/db/audit";
import { readLastBlock, sealQueuedLeaves } from "@/lib/db/audit-seal";
import { inTransaction } from "@/lib/db/transaction";
import { sealAudit } from "@/lib/jobs/seal-audit";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { withTestDatabase } from "@/tests/support/database";
import { withStorage } from "@/tests/support/storage";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-signing-"));
const keys = readSigningKeys(path.join(folder, "signing-keys.json"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = new Date("2026-03-10T12:00:00.000Z");
const now = () => at;

function aLeaf(over: Partial<AuditLeaf> = {}): AuditLeaf {
  return {
    at,
    actorKind: "system",
    actorId: "test",
    action: "E",
    permission: "setting.write",
    entityType: "setting",
    entityId: "a",
    outcome: "success",
    detail: { list: [1.5, null, "é\n"], nested: { b: 1, a: true } },
    requestId: randomUUID(),
    ...over,
  };
}

const db = withStorage();
const count = async (table: string) =>
  Number((await db().pool.query(`SELECT count(*) FROM signal.${table}`)).rows[0].count);
const append = (leaves: number) =>
  inTransaction(async (tx) => {
    for (let i = 0; i < leaves; i++) await appendAudit(tx, aLeaf());
  });

describe("sealing", () => {
  test("puts every queued line into one block, in order, and empties the queue", async () => {
    await append(5);
    expect(await count("audit_unsealed")).toBe(5);
    expect(await sealTrail({ now, keys })).toBe(5);
    const { rows } = await db().pool.query(
      "SELECT block::int, array_agg(leaf_id::int ORDER BY position) AS leaves FROM signal.audit_block_leaf GROUP BY block",
    );
    expect(rows).toEqual([{ block: 1, leaves: [1, 2, 3, 4, 5] }]);
    expect(await count("audit_unsealed")).toBe(0);
    expect(await readLastBlock(db().pool)).toMatchObject({
      number: 1,
      leafCount: 5,
      firstId: "1",
      lastId: "5",
    });
  });

  test("makes no block of nothing", async () => {
    expect(await sealTrail({ now, keys })).toBe(0);
    expect(await count("audit_block")).toBe(1);
  });

  test("puts a line that is committed late into the next block", async () => {
    const late = new pg.Client({ connectionString: db().pool.options.connectionString });
    await late.connect();
    await late.query("BEGIN");
    const insert = auditInsert(aLeaf({ entityId: "late" }));
    await late.query(insert.text, [...insert.values]);
    await append(1);
    expect(await sealTrail({ now, keys })).toBe(1);
    await late.query("COMMIT");
    await late.end();
    expect(await sealTrail({ now, keys })).toBe(1);
    const blocks = await db().pool.query(
      "SELECT number::int, first_id::int FROM signal.audit_block ORDER BY number DESC LIMIT 2",
    );
    expect(blocks.rows).toEqual([
      { number: 3, first_id: 6 },
      { number: 2, first_id: 7 },
    ]);
  });

  test("by several at once seals every line once", async () => {
    const before = await count("audit_block_leaf");
    await append(40);
    const sealed = await Promise.all([1, 2, 3, 4].map(() => sealTrail({ now, keys })));
    expect(sealed.reduce((sum, leaves) => sum + leaves, 0)).toBe(40);
    expect(await count("audit_block_leaf")).toBe(before + 40);
  });

  test("leaves everything as it was when it fails", async () => {
    await append(2);
    const blocks = await count("audit_block");
    const seal = () => {
      throw new Error("no key");
    };
    await expect(sealQueuedLeaves({ limit: 10, seal })).rejects.toThrow("no key");
    expect([await count("audit_unsealed"), await count("audit_block")]).toEqual([2, blocks]);
    expect(await sealTrail({ now, keys })).toBe(2);
  });

  test("passes over a number that comes back into the queue", async () => {
    await db().pool.query("INSERT INTO signal.audit_unsealed (leaf_id) VALUES (1)");
    await append(1);
    expect(await sealTrail({ now, keys })).toBe(1);
    await db().pool.query("DELETE FROM signal.audit_unsealed WHERE leaf_id = 1");
  });

  test("does not go on from a block that another key signed", async () => {
    const foreign = readSigningKeys(path.join(folder, "other.json"));
    await append(1);
    const seal: Parameters<typeof sealQueuedLeaves>[0]["seal"] = (trail) =>
      sealBlock({ ...trail, sealedAt: at, signer: foreign.current });
    await sealQueuedLeaves({ limit: 10, seal });
    await append(1);
    await expect(sealTrail({ now, keys })).rejects.toMatchObject({ code: "conflict" });
    expect(await count("audit_unsealed")).toBe(1);
  });

  test("is due every second", () => {
    expect(sealAudit.everyMs).toBeLessThanOrEqual(1_000);
  });
});

describe("the file of signing keys", () => {
  test("is read again as the same key, and by the owner only", () => {
    const file = path.join(folder, "signing-keys.json");
    expect(readSigningKeys(file).current.keyId).toBe(keys.current.keyId);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe("the application's role", () => {
  const place = withTestDatabase();
  let app: pg.Client;
  beforeAll(async () => {
    app = new pg.Client({ connectionString: place().appUrl });
    await app.connect();
  });
  afterAll(() => app.end());
  afterEach(() => app.query("ROLLBACK"));

  test.each(
    ["audit_leaf", "audit_block", "audit_block_leaf", "audit_witness"].flatMap((table) => [
      `DELETE FROM signal.${table}`,
      `TRUNCATE signal.${table}`,
      `UPDATE signal.${table} SET ${table === "audit_block_leaf" ? "position = 1" : table === "audit_leaf" ? "digest = ''" : "hash = ''"}`,
      `ALTER TABLE signal.${table} DISABLE TRIGGER ALL`,
    ]),
  )("may not: %s", async (sql) => {
    await expect(app.query(sql)).rejects.toMatchObject({ code: "42501" });
  });

  test.each(["UPDATE signal.audit_unsealed SET leaf_id = 2", "TRUNCATE signal.audit_unsealed"])(
    "may not: %s",
    async (sql) => {
      await expect(app.query(sql)).rejects.toMatchObject({ code: "42501" });
    },
  );
});
