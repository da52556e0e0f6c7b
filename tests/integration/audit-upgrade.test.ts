import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { env } from "@/lib/config/env";
import { leafDigest } from "@/lib/core/audit/leaf";
import type { Actor } from "@/lib/core/authz/actor";
import { migrate } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { verifyTrail } from "@/lib/services/own-audit/verify-trail";
import { witnessNow } from "@/lib/services/own-audit/witness-head";
import { asOwner, withInstallation } from "@/tests/support/backups";

const place = withInstallation();
const folder = mkdtemp(path.join(tmpdir(), "signalbox-before-chain-"));
const cli: Actor = { kind: "system", name: "cli" };

afterAll(async () => rm(await folder, { recursive: true, force: true }));

const urls = () => ({ ownerUrl: place().ownerUrl, appUrl: env().databaseUrl ?? "" });

/** The database as it was before the trail was sealed, with lines in it. */
async function goBack(lines: number): Promise<void> {
  for (const { name } of await readMigrations("prisma/migrations")) {
    if (name < "0004")
      await cp(path.join("prisma/migrations", name), path.join(await folder, name), { recursive: true });
  }
  await asOwner(
    place(),
    "DROP SCHEMA IF EXISTS clinical CASCADE",
    "DROP SCHEMA signal CASCADE",
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
  );
  // The rights given at the end are those of today: they name tables that an earlier database lacks.
  await expect(migrate({ ...urls(), folder: await folder })).rejects.toThrow(/does not exist/);
  for (let i = 0; i < lines; i++) await asOwner(place(), anEarlierLine(i));
}

function anEarlierLine(minute: number): string {
  const leaf = {
    at: new Date(Date.UTC(2025, 0, 1, 0, minute)),
    actorKind: "user",
    actorId: "a",
    action: "U",
    permission: "setting.write",
    entityType: "setting",
    entityId: String(minute),
    outcome: "success",
    detail: { minute },
    requestId: `r${minute}`,
  } as const;
  return `INSERT INTO signal.audit_leaf
      (at, actor_kind, actor_id, action, permission, entity_type, entity_id, outcome, detail, request_id, digest)
    VALUES ('${leaf.at.toISOString()}', 'user', 'a', 'U', 'setting.write', 'setting', '${minute}', 'success',
      '{"minute": ${minute}}', 'r${minute}', '\\x${leafDigest(leaf).toString("hex")}')`;
}

test("lines from before the trail was sealed are sealed at the first start after, and a change to one shows", async () => {
  await goBack(5);
  await migrate(urls());
  const waiting = () => asOwner(place(), "SELECT leaf_id::int AS id FROM signal.audit_unsealed ORDER BY 1");
  expect(await waiting()).toEqual([1, 2, 3, 4, 5].map((id) => ({ id })));
  await sealTrail({ now: () => new Date() });
  expect(await waiting()).toEqual([]);
  await witnessNow(cli, {});
  expect(await verifyTrail(cli, {})).toMatchObject({ ok: true, rows: 5 });
  await asOwner(place(), "UPDATE signal.audit_leaf SET detail = '{}' WHERE id = 3");
  expect(await verifyTrail(cli, {})).toMatchObject({
    ok: false,
    firstBad: { kind: "leaf-changed", leafId: "3", block: 1 },
  });
});
