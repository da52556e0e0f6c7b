import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { backUp } from "@/lib/jobs/back-up";
import { askForBackup } from "@/lib/services/backup/ask-for-backup";
import { listBackups } from "@/lib/services/backup/backup-folder";
import { readBackupRuns } from "@/lib/services/backup/read-backup-runs";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { takeBackup } from "@/lib/services/backup/take-backup";
import { asOwner, withInstallation } from "@/tests/support/backups";

const place = withInstallation();
const system: Actor = { kind: "system", name: "test" };
const anyone = {
  kind: "user",
  id: "00000000-0000-4000-8000-000000000007",
  name: "A person",
  email: "person@example.org",
} as const;
const administrator: Actor = { ...anyone, grants: everywhere("administrator") };
const reporter: Actor = { ...anyone, grants: everywhere("reporter") };

const folder = () => path.join(place().folder, "backups");
const runs = () => readBackupRuns(administrator, {});
const work = () => backUp.run({ signal: AbortSignal.timeout(60_000), now: () => new Date() });

/** Without a wish, the job has nothing to do from here on: today's backup is taken. */
beforeEach(async () => {
  await rm(folder(), { recursive: true, force: true });
  await asOwner(place(), "DELETE FROM public.backup_run", "DELETE FROM public.setting");
  await takeBackup(system);
});

describe("a person who asks for a backup", () => {
  test("gets none in the request; the worker's next round takes it, and the wish is gone", async () => {
    await askForBackup(administrator, {});
    expect(await listBackups()).toHaveLength(1);
    expect((await runs()).askedAt).toBeInstanceOf(Date);
    await work();
    expect(await listBackups()).toHaveLength(2);
    const after = await runs();
    expect(after).toMatchObject({ askedAt: undefined, failedSince: undefined });
    expect(after.lastSuccess?.bytes).toBeGreaterThan(0);
    await work();
    expect(await listBackups()).toHaveLength(2);
  });

  test("twice gets one backup, and is waiting since the first time", async () => {
    await askForBackup(administrator, {});
    const { askedAt } = await runs();
    await askForBackup(administrator, {});
    expect((await runs()).askedAt).toEqual(askedAt);
    await work();
    await work();
    expect(await listBackups()).toHaveLength(2);
  });

  test("sees that it failed, and it is not tried for ever", async () => {
    await rm(folder(), { recursive: true });
    await writeFile(folder(), "a file where the folder should be");
    await askForBackup(administrator, {});
    await expect(work()).rejects.toThrow();
    expect(await runs()).toMatchObject({ askedAt: undefined, failedSince: { errorCode: "internal" } });
    await rm(folder());
    await mkdir(folder());
    await work();
    expect(await listBackups()).toEqual([]);
  });

  test("sees whether a worker runs that takes it", async () => {
    expect((await runs()).isWorkerRunning).toBe(false);
    const lease = (name: string) =>
      asOwner(
        place(),
        `INSERT INTO signal.lease (name, holder, expires_at) VALUES ('${name}', 'h', now() + interval '1 minute')`,
      );
    await lease("worker:collector:h");
    expect((await runs()).isWorkerRunning).toBe(false);
    await lease("worker:jobs:h");
    expect((await runs()).isWorkerRunning).toBe(true);
    await asOwner(place(), "DELETE FROM signal.lease");
  });

  test("is named in the audit trail", async () => {
    await askForBackup(administrator, {});
    const [last] = await asOwner(
      place(),
      "SELECT actor_id, action, entity_type, outcome FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(last).toEqual({
      actor_id: anyone.id,
      action: "C",
      entity_type: "backup-request",
      outcome: "success",
    });
  });

  test("is refused without the right, and so is a look at what came of it", async () => {
    await expect(askForBackup(reporter, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(readBackupRuns(reporter, {})).rejects.toMatchObject({ code: "forbidden" });
    expect((await runs()).askedAt).toBeUndefined();
  });
});

test("a restore does not bring back the wish that its backup was taken for", async () => {
  await askForBackup(administrator, {});
  await work();
  const [newest] = await listBackups();
  await restoreBackup(system, path.join(folder(), newest ?? ""));
  expect((await runs()).askedAt).toBeUndefined();
});
