import { randomBytes, randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { env } from "@/lib/config/env";
import { addKey } from "@/lib/crypto/key-file";
import { keyRing, readKeyRing } from "@/lib/crypto/key-ring";
import { open, seal } from "@/lib/crypto/seal";
import { openSourceSecret, sealSourceSecret } from "@/lib/crypto/source-secret";
import { keepRejects } from "@/lib/ingest/keep-rejects";
import { openLetter } from "@/lib/services/dead-letters/open-letter";
import { listKeys } from "@/lib/services/keys/list-keys";
import { rotateKeys } from "@/lib/services/keys/rotate-keys";
import { aPerson } from "@/tests/support/people";
import { addSource, withStorage } from "@/tests/support/storage";

const cli = { kind: "system", name: "cli" } as const;
const db = withStorage();
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
  const secret = sealSourceSecret({ sourceId, name: "password" }, "open sesame");
  await db().pool.query(
    "INSERT INTO public.source_secret (source_id, name, key_id, ciphertext) VALUES ($1, 'password', $2, $3)",
    [sourceId, secret.keyId, secret.bytes],
  );
});

function keep(payload: string): Promise<readonly string[]> {
  const reject = { reason: "invalid_item", detail: "", contentKind: "item", payload } as const;
  return keepRejects({ sourceId, rejects: [reject], now: new Date() });
}

describe("rotating the keys", () => {
  test("under load fails no reader and no writer, and leaves nothing sealed by an earlier key", async () => {
    let isOver = false;
    let writes = 0;
    const load = async (writer: number) => {
      for (; !isOver; writes++) {
        const payload = `payload ${writer} ${writes}`;
        const [id = ""] = await keep(payload);
        expect(await openLetter(id, "all")).toMatchObject({ payload });
      }
    };
    const rotate = async () => {
      expect((await rotateKeys(cli)).keyId).toBe("k2");
      expect((await rotateKeys(cli)).keyId).toBe("k3");
      isOver = true;
    };
    await Promise.all([rotate(), ...[0, 1, 2, 3].map(load)]);
    const keys = await listKeys(cli, {});
    expect(keys).toMatchObject([
      { id: "k1", isCurrent: false, rows: 0 },
      { id: "k2", isCurrent: false, rows: 0 },
      { id: "k3", isCurrent: true, rows: writes + 1 },
    ]);
    expect(writes).toBeGreaterThan(20);
  });

  test("keeps what a secret of a source says", async () => {
    const { rows } = await db().pool.query<{ key_id: string; ciphertext: Buffer }>(
      "SELECT key_id, ciphertext FROM public.source_secret WHERE source_id = $1",
      [sourceId],
    );
    const [row = { key_id: "", ciphertext: Buffer.alloc(0) }] = rows;
    expect(row.key_id).toBe("k3");
    const sealed = { keyId: row.key_id, bytes: row.ciphertext };
    expect(openSourceSecret({ sourceId, name: "password" }, sealed)).toBe("open sesame");
  });

  test("is in the audit trail: each new key, and how many rows of which table it took over", async () => {
    const { rows } = await db().pool.query(
      "SELECT action, entity_id, detail FROM signal.audit_leaf WHERE entity_type = 'encryption-key' ORDER BY id",
    );
    expect(rows.filter(({ action }) => action === "C").map(({ entity_id }) => entity_id)).toEqual([
      "k2",
      "k3",
    ]);
    expect(rows).toContainEqual({
      action: "U",
      entity_id: "k2",
      detail: { table: "source_secret", rows: 1 },
    });
  });

  test("leaves the file readable by its owner only", async () => {
    expect((await stat(env().keysFile)).mode & 0o777).toBe(0o600);
  });

  test("is refused to whoever may not set up the installation, and asks a person for a fresh factor", async () => {
    const analyst = aPerson([{ role: "interface-analyst", department: undefined }]);
    await expect(rotateKeys(analyst)).rejects.toMatchObject({ code: "forbidden" });
    const stale = { ...aPerson([{ role: "administrator", department: undefined }]), factorAt: undefined };
    await expect(rotateKeys(stale)).rejects.toMatchObject({ code: "step_up_required" });
    expect(readKeyRing(env().keysFile).current).toBe("k3");
  });
});

describe("a key that another process made", () => {
  test("opens what it sealed at once, and seals here within a second", async () => {
    expect(keyRing().current).toBe("k3");
    addKey(env().keysFile, { id: "k4", key: randomBytes(32) });
    const theirs = seal("said elsewhere", "a purpose", readKeyRing(env().keysFile));
    expect(theirs.keyId).toBe("k4");
    expect(open(theirs, "a purpose").toString()).toBe("said elsewhere");
    await vi.waitFor(() => expect(keyRing().current).toBe("k4"), { timeout: 5_000 });
  });

  test("that no file names opens nothing", () => {
    const { bytes } = seal("text", "a purpose");
    expect(() => open({ keyId: randomUUID(), bytes }, "a purpose")).toThrow(/could not be opened/);
  });

  test("cannot open what an earlier or later one sealed", () => {
    const { bytes } = seal("text", "a purpose");
    expect(() => open({ keyId: "k1", bytes }, "a purpose")).toThrow(/could not be opened/);
  });
});
