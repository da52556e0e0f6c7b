import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { openSourceSecret } from "@/lib/crypto/source-secret";
import { type Engine, startEngine } from "@/lib/demo/engine/start-engine";
import { confirmMapping } from "@/lib/services/interfaces/confirm-mapping";
import { createSource } from "@/lib/services/sources/create-source";
import { listSources } from "@/lib/services/sources/list-sources";
import { readSource } from "@/lib/services/sources/read-source";
import { removeSource } from "@/lib/services/sources/remove-source";
import { testSource } from "@/lib/services/sources/test-source";
import { updateSource } from "@/lib/services/sources/update-source";
import { freePort } from "@/tests/support/free-port";
import { withStorage } from "@/tests/support/storage";

const administrator: Actor = {
  kind: "user",
  id: "3f0c2a1e-0000-4000-8000-000000000001",
  name: "An administrator",
  email: "administrator@example.org",
  grants: everywhere("administrator"),
  factorAt: new Date(),
};
const analyst: Actor = { ...administrator, grants: everywhere("interface-analyst") };
const db = withStorage();

function anEngine(over: Readonly<Record<string, unknown>> = {}) {
  return {
    kind: "mirth",
    name: "Main engine",
    config: { url: "http://127.0.0.1:9", username: "reader" },
    secrets: { password: "not a real secret" },
    ...over,
  };
}

async function trail(entityType: string, entityId: string) {
  const { rows } = await db().pool.query(
    "SELECT action, permission, outcome, detail FROM signal.audit_leaf WHERE entity_type = $1 AND entity_id = $2 ORDER BY id",
    [entityType, entityId],
  );
  return rows;
}

async function storedPassword(sourceId: number): Promise<string | undefined> {
  const row = await db().prisma.sourceSecret.findFirst({ where: { sourceId, name: "password" } });
  if (row === null) return undefined;
  const sealed = { keyId: row.keyId, bytes: Buffer.from(row.ciphertext) };
  return openSourceSecret({ sourceId, name: "password" }, sealed);
}

describe("a source", () => {
  test("is added with its secret sealed, shown without it, and audited", async () => {
    const { id } = await createSource(administrator, anEngine());
    expect(await storedPassword(id)).toBe("not a real secret");
    expect(JSON.stringify(await readSource(administrator, { id }))).not.toContain("not a real secret");
    expect(await trail("source", String(id))).toMatchObject([
      { action: "C", permission: "source.write", outcome: "success" },
    ]);
  });

  test("of a name that is in use is refused by the field's name", async () => {
    await expect(createSource(administrator, anEngine())).rejects.toMatchObject({
      code: "conflict",
      info: { fields: "name" },
    });
  });

  test("without a secret that it needs is refused by the field's name", async () => {
    await expect(createSource(administrator, anEngine({ name: "Other", secrets: {} }))).rejects.toMatchObject(
      {
        code: "bad_request",
        info: { fields: "password" },
      },
    );
  });

  test("cannot be added without the right to, and the attempt is on record", async () => {
    await expect(createSource(analyst, anEngine({ name: "Other" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await trail("permission", "source.write")).toMatchObject([
      { action: "E", permission: "source.write", outcome: "denied" },
    ]);
  });

  test("keeps a secret that is left empty and takes a new one that is given", async () => {
    const { id } = await createSource(administrator, anEngine({ name: "Changing" }));
    const changed = { id, name: "Changed", config: anEngine().config };
    await updateSource(administrator, { ...changed, secrets: { password: "" } });
    expect(await storedPassword(id)).toBe("not a real secret");
    await updateSource(administrator, { ...changed, secrets: { password: "another one" } });
    expect(await storedPassword(id)).toBe("another one");
    expect((await readSource(administrator, { id })).name).toBe("Changed");
    expect((await trail("source", String(id))).map(({ detail }) => detail.secrets)).toEqual([
      undefined,
      [],
      ["password"],
    ]);
  });

  test("is removed only by its name, loses its secrets and frees the name", async () => {
    const { id } = await createSource(administrator, anEngine({ name: "Short-lived" }));
    await expect(removeSource(administrator, { id, confirmName: "Another" })).rejects.toMatchObject({
      code: "conflict",
    });
    await removeSource(administrator, { id, confirmName: "Short-lived" });
    expect(await storedPassword(id)).toBeUndefined();
    expect((await listSources(administrator, {})).map(({ name }) => name)).not.toContain("Short-lived");
    const again = await createSource(administrator, anEngine({ name: "Short-lived" }));
    expect(again.id).not.toBe(id);
  });
});

describe("testing a connection", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine({ port: 0, seed: 3, now: () => new Date() });
  });
  afterAll(() => engine.stop());

  test("before saving says what was found, and is audited", async () => {
    const { username, password } = engine.credentials;
    const config = { url: engine.url, username };
    const report = await testSource(administrator, anEngine({ config, secrets: { password } }));
    expect(report).toMatchObject({ ok: true, version: "4.5.2" });
    expect(await trail("source", "unsaved")).toMatchObject([{ action: "E", detail: { test: "reached" } }]);
  });

  test("with a wrong password says so in plain words", async () => {
    const config = { url: engine.url, username: engine.credentials.username };
    const report = await testSource(administrator, anEngine({ config }));
    expect(report.ok).toBe(false);
    expect(report.diagnosis).toContain("refuses this user name and password");
  });

  test("holds no transaction open while the engine takes its time", async () => {
    const open: number[] = [];
    const slow = createServer((_, response) => {
      void db()
        .pool.query<{ count: string }>(
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
        )
        .then(({ rows }) => open.push(Number(rows[0]?.count)))
        .finally(() => response.writeHead(500).end());
    });
    const port = await freePort();
    await new Promise<void>((resolve) => slow.listen(port, "127.0.0.1", resolve));
    const config = { url: `http://127.0.0.1:${port}`, username: "reader" };
    await testSource(administrator, anEngine({ config }));
    slow.close();
    expect(open.length).toBeGreaterThan(0);
    expect(open.every((count) => count === 0)).toBe(true);
  });
});

describe("confirming the columns of a channel", () => {
  let interfaceId = 0;
  let sourceId = 0;
  beforeAll(async () => {
    sourceId = (await createSource(administrator, anEngine({ name: "With columns" }))).id;
    const columns = ["ACCESSION", "PATIENT_MRN", "SOMETHING"];
    const made = await db().prisma.interface.create({
      data: { sourceId, externalId: "c1", name: "Orders", columns },
    });
    interfaceId = made.id;
  });

  const channel = async () => (await readSource(administrator, { id: sourceId })).channels[0];

  test("until then they are proposed by their names and not confirmed", async () => {
    expect(await channel()).toMatchObject({
      mapping: { accession: "ACCESSION", mrn: "PATIENT_MRN" },
      confirmedAt: undefined,
    });
  });

  test("an MRN without its issuer is refused", async () => {
    const ask = { interfaceId, mrn: "PATIENT_MRN" };
    await expect(confirmMapping(analyst, ask)).rejects.toMatchObject({
      info: { fields: "mrnAuthority: custom" },
    });
  });

  test("a column that the channel does not have is refused", async () => {
    const ask = { interfaceId, accession: "ELSEWHERE" };
    await expect(confirmMapping(analyst, ask)).rejects.toMatchObject({ info: { fields: "accession" } });
  });

  test("what a person confirms counts, names that person, and is audited", async () => {
    await confirmMapping(analyst, { interfaceId, accession: "SOMETHING", mrn: "" });
    expect(await channel()).toMatchObject({
      mapping: { accession: "SOMETHING" },
      confirmedBy: analyst.name,
    });
    expect((await channel())?.mapping).not.toHaveProperty("mrn");
    expect(await trail("interface", String(interfaceId))).toMatchObject([
      { action: "U", detail: { columnMapping: { accession: "SOMETHING" } } },
    ]);
  });

  test("a role that only reads may not confirm", async () => {
    const reporter: Actor = { ...administrator, grants: everywhere("reporter") };
    await expect(confirmMapping(reporter, { interfaceId })).rejects.toMatchObject({ code: "forbidden" });
  });
});
