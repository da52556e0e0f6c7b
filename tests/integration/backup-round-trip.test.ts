import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { dumpDatabase } from "@/lib/db/backup/dump";
import { backupStatus } from "@/lib/services/backup/backup-status";
import { releaseHold } from "@/lib/services/backup/release-hold";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { type TakenBackup, takeBackup } from "@/lib/services/backup/take-backup";
import { verifyBackup } from "@/lib/services/backup/verify-backup";
import { asOwner, contents, withInstallation } from "@/tests/support/backups";
import { oneOfEverything } from "@/tests/support/full-database";

const place = withInstallation();
const cli: Actor = { kind: "system", name: "cli" };
const reporter: Actor = {
  kind: "user",
  id: "00000000-0000-4000-8000-000000000009",
  name: "A reporter",
  email: "reporter@example.org",
  grants: everywhere("reporter"),
};

/** Neither kept in a backup nor emptied by a restore. */
const untouched = ["public._prisma_migrations", "signal.lease", "signal.rate_limit"];
/** Not kept in a backup, and emptied by a restore. */
const forgotten = [
  "public.client_access",
  "public.display",
  "signal.notice_link",
  "public.invitation",
  "public.passkey_challenge",
  "public.session",
  "public.setup_link",
];
/** A restore adds to these: the hold, and the line of the audit trail, which waits to be sealed. */
const added = ["public.setting", "signal.audit_leaf", "signal.audit_unsealed"];

type Contents = Awaited<ReturnType<typeof contents>>;

function without(all: Contents, names: readonly string[]): Contents {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}

describe("a backup that is restored", () => {
  let before: Contents = {};
  let taken: TakenBackup = { file: "", bytes: 0, rows: 0 };

  beforeAll(async () => {
    await asOwner(place(), ...oneOfEverything);
    before = await contents(place());
    taken = await takeBackup(cli);
    await asOwner(
      place(),
      "SELECT signal.drop_partitions_before('delivery', '2026-02-01')",
      "DELETE FROM public.leg",
      "INSERT INTO public.setting (key, value) VALUES ('later', '1')",
      "UPDATE public.access_token SET revoked_at = now()",
      "INSERT INTO signal.rollup_day (leg_id, bucket_start) VALUES (7, '2026-03-01Z')",
    );
    await restoreBackup(cli, taken.file);
  });

  test("was tried on a database with a row in every table", () => {
    const empty = Object.entries(before).filter(([, { rows }]) => rows === 0);
    expect(empty).toEqual([]);
  });

  test("gives back every row of every table as it was", async () => {
    const after = await contents(place());
    const changed = [...untouched, ...forgotten, ...added];
    expect(without(after, changed)).toEqual(without(before, changed));
    const kept = Object.values(without(before, [...untouched, ...forgotten]));
    expect(taken.rows).toBe(kept.reduce((sum, { rows }) => sum + rows, 0));
  });

  test("gives back the settings and the audit trail, with the hold and the restore added", async () => {
    expect(await asOwner(place(), "SELECT key, value FROM public.setting ORDER BY key")).toEqual([
      { key: "nothing", value: null },
      { key: "sendingHold", value: { since: expect.any(String), reason: "restore" } },
      { key: "text", value: "\t" },
    ]);
    const audit = await asOwner(
      place(),
      "SELECT actor_id, action, permission, entity_type, outcome, detail FROM signal.audit_leaf ORDER BY id",
    );
    expect(audit).toEqual([
      expect.objectContaining({ entity_type: "test", detail: { a: 1.5 } }),
      {
        actor_id: "cli",
        action: "E",
        permission: "backup.write",
        entity_type: "restore",
        outcome: "success",
        detail: { takenAt: expect.any(String) },
      },
    ]);
  });

  test("brings back no sign-in, no access token, no invitation and no set-up link", async () => {
    const after = await contents(place());
    expect(forgotten.filter((name) => after[name]?.rows !== 0)).toEqual([]);
  });

  test("leaves leases and the ledger of migrations alone", async () => {
    const after = await contents(place());
    expect(untouched.map((name) => after[name])).toEqual(untouched.map((name) => before[name]));
  });

  test("lets numbers go on after the last one given out, even where its row was gone", async () => {
    const [source] = await asOwner<{ id: number }>(
      place(),
      "INSERT INTO public.source (kind, name, config) VALUES ('push', 'new', '{}') RETURNING id",
    );
    const [letter] = await asOwner<{ id: string }>(
      place(),
      `INSERT INTO signal.dead_letter (source_id, reason, digest, content_kind, key_id, payload)
       VALUES (1, 'unparseable', '\\x99', 'json', 'k1', '') RETURNING id`,
    );
    expect([source?.id, letter?.id]).toEqual([10, "3"]);
  });

  test("holds everything that sends until a person releases it, which is audited", async () => {
    expect((await backupStatus(cli, {})).heldSince).toBeInstanceOf(Date);
    await expect(releaseHold(reporter, { targetsRead: true })).rejects.toMatchObject({ code: "forbidden" });
    await expect(releaseHold(cli, { targetsRead: false })).rejects.toMatchObject({ code: "bad_request" });
    await releaseHold(cli, { targetsRead: true });
    expect((await backupStatus(cli, {})).heldSince).toBeUndefined();
    await expect(releaseHold(cli, { targetsRead: true })).rejects.toMatchObject({ code: "not_found" });
    const [last] = await asOwner(
      place(),
      "SELECT action, entity_type, outcome FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(last).toEqual({ action: "U", entity_type: "sending-hold", outcome: "success" });
  });
});

describe("while a backup is being taken", () => {
  test("rows that are written meanwhile are not in it, and no table stays locked", async () => {
    const progress = {};
    const dump = dumpDatabase({ now: new Date(), totals: 10, progress });
    await dump.next();
    await asOwner(place(), "INSERT INTO public.setting (key, value) VALUES ('meanwhile', '1')");
    let looks = 0;
    for await (const bytes of dump) {
      // Facts come after all of schema public, rollups after deliveries.
      if (!bytes.includes('"rollup_day"')) continue;
      looks += 1;
      await asOwner(
        place(),
        "SET lock_timeout = '2s'",
        "SELECT signal.ensure_partitions('delivery', '2026-05-01', '2026-05-01')",
        "SELECT signal.drop_partitions_before('delivery', '2026-01-31')",
      );
    }
    expect(looks).toBe(1);
    const [setting] = await asOwner<{ count: string }>(place(), "SELECT count(*) FROM public.setting");
    expect(progress).toMatchObject({
      manifest: { rows: { "public.setting": Number(setting?.count) - 1, "signal.delivery": 3 } },
    });
  });
});

describe("a person without the right", () => {
  test("takes no backup, verifies none and restores none", async () => {
    await expect(takeBackup(reporter)).rejects.toMatchObject({ code: "forbidden" });
    await expect(verifyBackup(reporter, "any")).rejects.toMatchObject({ code: "forbidden" });
    await expect(restoreBackup(reporter, "any")).rejects.toMatchObject({ code: "forbidden" });
    const denied = await asOwner(
      place(),
      "SELECT permission FROM signal.audit_leaf WHERE outcome = 'denied' AND permission = 'backup.write'",
    );
    expect(denied).toHaveLength(3);
  });
});
