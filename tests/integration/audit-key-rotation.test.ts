import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { exportTrail } from "@/lib/services/own-audit/export-trail";
import { rotateSigningKey } from "@/lib/services/own-audit/rotate-signing-key";
import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import { verifyTrail } from "@/lib/services/own-audit/verify-trail";
import { witnessNow } from "@/lib/services/own-audit/witness-head";
import { verifyExport } from "@/scripts/verify-audit-export.mjs";
import { asOwner, withInstallation } from "@/tests/support/backups";
import { aPerson } from "@/tests/support/people";

const place = withInstallation();
const cli: Actor = { kind: "system", name: "cli" };
const keyFile = () => path.join(place().folder, "signing-keys.json");
const readKeys = async () => JSON.parse(await readFile(keyFile(), "utf8"));
const blocks = () =>
  asOwner<{ number: number; key_id: string }>(
    place(),
    "SELECT number::int, key_id FROM signal.audit_block ORDER BY number",
  );

let before: string;

beforeAll(async () => {
  await verifyTrail(cli, {});
  await witnessNow(cli, {});
  before = (await readKeys()).current;
});

test("a new key signs what follows, and the trail still holds from its first block on", async () => {
  const { keyId } = await rotateSigningKey(cli);
  expect(keyId).not.toBe(before);
  await verifyTrail(cli, {});
  await sealTrail({ now: () => new Date() });
  expect(new Set((await blocks()).map(({ key_id }) => key_id))).toEqual(new Set([before, keyId]));
  expect((await blocks()).at(-1)?.key_id).toBe(keyId);
  expect(await verifyTrail(cli, {})).toMatchObject({ ok: true, findings: 0 });
  expect(Object.keys((await readKeys()).keys).sort()).toEqual([before, keyId].sort());
});

test("the line that names the new key is sealed by the key before", async () => {
  const [line] = await asOwner<{ key_id: string; entity_id: string; follows: string }>(
    place(),
    `SELECT b.key_id, l.entity_id, l.detail->>'follows' AS follows FROM signal.audit_leaf l
     JOIN signal.audit_block_leaf m ON m.leaf_id = l.id JOIN signal.audit_block b ON b.number = m.block
     WHERE l.entity_type = 'signing-key'`,
  );
  expect(line).toEqual({ key_id: before, entity_id: (await readKeys()).current, follows: before });
});

test("an export across a rotation is checked without Signalbox, and needs both keys", async () => {
  const file = path.join(place().folder, "trail.ndjson");
  await exportTrail(cli, { file });
  const after = (await readKeys()).current;
  expect(await verifyExport({ file, keyIds: [before, after] })).toMatchObject({ ok: true });
  expect(await verifyExport({ file, keyIds: [after] })).toMatchObject({ ok: false });
});

test("nobody but whoever runs the product changes the key", async () => {
  await expect(rotateSigningKey(aPerson(everywhere("privacy-officer")))).rejects.toMatchObject({
    code: "forbidden",
  });
});
