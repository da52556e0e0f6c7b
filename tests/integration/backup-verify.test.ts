import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import type { BackupManifest } from "@/lib/core/backup/format";
import { newestBackupRun } from "@/lib/db/backup-runs";
import { backUp } from "@/lib/jobs/back-up";
import { backupStatus } from "@/lib/services/backup/backup-status";
import { type TakenBackup, takeBackup } from "@/lib/services/backup/take-backup";
import { verifyBackup } from "@/lib/services/backup/verify-backup";
import { asOwner, repack, withInstallation } from "@/tests/support/backups";
import { oneOfEverything } from "@/tests/support/full-database";

const place = withInstallation();
const cli: Actor = { kind: "system", name: "cli" };
const folder = () => path.join(place().folder, "backups");
const job = (now: Date) => backUp.run({ signal: AbortSignal.timeout(60_000), now: () => now });

async function scratchDatabases(): Promise<number> {
  const rows = await asOwner(place(), "SELECT FROM pg_database WHERE datname LIKE 'signalbox\\_verify\\_%'");
  return rows.length;
}

async function lastAudit() {
  const [last] = await asOwner(
    place(),
    "SELECT entity_type, entity_id, outcome, detail FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
  );
  return last;
}

beforeAll(async () => {
  await asOwner(place(), ...oneOfEverything);
});

describe("verifying a backup", () => {
  let taken: TakenBackup = { file: "", bytes: 0, rows: 0 };
  const withManifest = (change: (manifest: BackupManifest) => BackupManifest) =>
    repack(taken.file, (record) =>
      record.kind === "manifest" ? [{ kind: "manifest", manifest: change(record.manifest) }] : [record],
    );

  beforeAll(async () => {
    taken = await takeBackup(cli);
  });

  test("compares the totals, counts them again from the deliveries, and leaves nothing behind", async () => {
    // Three days of totals; the deliveries of all of them are there.
    expect(await verifyBackup(cli)).toEqual({
      file: taken.file,
      rows: taken.rows,
      compared: 3,
      recounted: 3,
      different: 0,
    });
    expect(await scratchDatabases()).toBe(0);
    expect((await newestBackupRun({ succeeded: true }))?.verifiedAt).toBeInstanceOf(Date);
    expect(await lastAudit()).toMatchObject({
      entity_type: "backup-verification",
      entity_id: path.basename(taken.file),
      detail: { different: 0 },
    });
  });

  test("finds a total that is not the one written down", async () => {
    const file = await withManifest((manifest) => ({
      ...manifest,
      totals: manifest.totals.map((total, index) =>
        index === 0 ? { ...total, failed: total.failed + 1 } : total,
      ),
    }));
    expect(await verifyBackup(cli, file)).toMatchObject({ compared: 3, different: 1 });
  });

  test("finds a total whose row is missing", async () => {
    const file = await withManifest((manifest) => ({
      ...manifest,
      totals: manifest.totals.map((total) => ({ ...total, day: "2020-01-01" })),
    }));
    expect(await verifyBackup(cli, file)).toMatchObject({ compared: 3, different: 3 });
  });

  test("finds deliveries that do not add up to their total, and says of the run that nobody verified it", async () => {
    await asOwner(place(), "UPDATE signal.delivery SET outcome = 'ok' WHERE outcome = 'failed'");
    const wrong = await takeBackup(cli);
    expect(await verifyBackup(cli, wrong.file)).toMatchObject({ compared: 3, recounted: 3, different: 1 });
    expect((await newestBackupRun({ succeeded: true }))?.verifiedAt).toBeUndefined();
    await asOwner(place(), "UPDATE signal.delivery SET outcome = 'failed' WHERE state = 'error'");
  });

  test("does not count again where a rollup still waits for its recomputation", async () => {
    await asOwner(
      place(),
      "INSERT INTO signal.dirty (tier, leg_id, bucket_start) VALUES ('minute', 2, '2026-01-31 23:59Z')",
    );
    const busy = await takeBackup(cli);
    expect(await verifyBackup(cli, busy.file)).toMatchObject({ compared: 3, recounted: 2, different: 0 });
  });

  test("refuses a damaged file, and drops its scratch database then, too", async () => {
    const damaged = path.join(place().folder, "damaged");
    await writeFile(damaged, "nothing");
    await expect(verifyBackup(cli, damaged)).rejects.toMatchObject({ code: "bad_request" });
    expect(await scratchDatabases()).toBe(0);
  });

  test("drops a scratch database that a killed process left behind", async () => {
    await asOwner(place(), "CREATE DATABASE signalbox_verify_0123456789ab");
    await verifyBackup(cli);
    expect(await scratchDatabases()).toBe(0);
  });
});

describe("the daily backup", () => {
  const now = new Date(Date.now() + 25 * 3_600_000);
  const own = async () => (await readdir(folder())).filter((name) => name.endsWith(".signalbox-backup"));

  test("is not taken again within a day", async () => {
    const before = await own();
    await job(new Date());
    expect(await own()).toEqual(before);
  });

  test("is taken after a day, readable by nobody else, and what a killed one left is removed", async () => {
    const before = (await own()).length;
    const abandoned = path.join(folder(), "signalbox-old.signalbox-backup.part");
    await writeFile(abandoned, "");
    await utimes(abandoned, 0, 0);
    await job(now);
    const files = await own();
    expect(files.length).toBe(before + 1);
    expect((await stat(path.join(folder(), files.at(-1) ?? ""))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder())).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("keeps the newest fourteen of its own and every file that is not", async () => {
    const old = Array.from(
      { length: 20 },
      (_, day) => `signalbox-2020-01-${day + 10}T00-00-00.000Z.signalbox-backup`,
    );
    const foreign = "signalbox-2019-01-01T00-00-00.000Z.signalbox-backup";
    for (const name of [...old, foreign]) await writeFile(path.join(folder(), name), "");
    await asOwner(
      place(),
      `INSERT INTO public.backup_run (id, file_name, started_at)
       SELECT gen_random_uuid(), name, '2020-01-01' FROM unnest(ARRAY['${old.join("','")}']) AS name`,
      "UPDATE public.backup_run SET started_at = '2020-01-01'",
    );
    await job(now);
    const files = await own();
    expect(files).toContain(foreign);
    expect(files.filter((name) => name !== foreign)).toHaveLength(14);
    expect(files).not.toContain(old[0]);
  });

  test("that fails is put on record, leaves no file, and is tried again after an hour", async () => {
    await rm(folder(), { recursive: true });
    await writeFile(folder(), "a file where the folder should be");
    await asOwner(place(), "DELETE FROM public.backup_run");
    await expect(job(new Date())).rejects.toThrow();
    expect(await newestBackupRun({ succeeded: false })).toMatchObject({ errorCode: "internal" });
    expect(await lastAudit()).toMatchObject({ entity_type: "backup", outcome: "failure" });
    expect((await backupStatus(cli, {})).lastSuccessAt).toBeUndefined();

    await rm(folder());
    await mkdir(folder());
    await job(new Date(Date.now() + 59 * 60_000));
    expect(await own()).toEqual([]);
    await job(new Date(Date.now() + 61 * 60_000));
    expect(await own()).toHaveLength(1);
  });
});

describe("the warning of a missing backup", () => {
  const userMade = (ageHours: number) =>
    `UPDATE public."user" SET created_at = now() - interval '${ageHours} hours'`;

  test("comes a day after the set-up, and a day after the last backup", async () => {
    await asOwner(place(), "DELETE FROM public.backup_run", userMade(23));
    expect(await backupStatus(cli, {})).toMatchObject({ isOverdue: false });
    await asOwner(place(), userMade(25));
    expect(await backupStatus(cli, {})).toMatchObject({ isOverdue: true });
    await takeBackup(cli);
    expect(await backupStatus(cli, {})).toMatchObject({ isOverdue: false, lastSuccessAt: expect.any(Date) });
    await asOwner(place(), "UPDATE public.backup_run SET started_at = now() - interval '25 hours'");
    expect(await backupStatus(cli, {})).toMatchObject({ isOverdue: true });
  });
});
