import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Credentials } from "@/lib/db/embedded/credentials";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";
import { fileExists } from "@/lib/db/embedded/file-exists";
import type { Place } from "@/lib/db/embedded/place";
import { serverEnvironment } from "@/lib/db/embedded/settings";

/** Name of the server's own administrator, used to make the roles and for nothing else. */
export const SUPERUSER = "postgres";

/**
 * Makes the database files on first use and answers whether it did. They appear under their final name only when
 * complete, so a start that is killed half-way, or two starts at once, leave no broken database behind.
 */
export async function initialiseCluster(place: Place, credentials: Credentials): Promise<boolean> {
  if (await fileExists(path.join(place.cluster, "PG_VERSION"))) return false;
  const attempt = randomUUID();
  const unfinished = path.join(place.home, `data.${attempt}`);
  const passwordFile = path.join(place.home, `password.${attempt}`);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, credentials.superuser, { mode: 0o600 });
    await giveToServer(place, [unfinished, passwordFile]);
    await runInitdb(place, { unfinished, passwordFile });
    await rename(unfinished, place.cluster);
  } catch (error) {
    if (!(await fileExists(path.join(place.cluster, "PG_VERSION")))) throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
  return true;
}

async function runInitdb(
  place: Place,
  paths: { readonly unfinished: string; readonly passwordFile: string },
): Promise<void> {
  const options = [
    `--pgdata=${paths.unfinished}`,
    `--pwfile=${paths.passwordFile}`,
    `--username=${SUPERUSER}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Sorting by code point is the same on every platform, and index order never changes under an operating
    // system upgrade. The built-in locale, which also knows upper and lower case, exists since release 17.
    ...((await majorRelease(place)) >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : []),
    "--locale=C",
    "--no-instructions",
  ];
  try {
    await promisify(execFile)(path.join(place.binDir, "initdb"), options, {
      cwd: paths.unfinished,
      env: serverEnvironment,
      ...place.account,
    });
  } catch (cause) {
    throw new EmbeddedDatabaseError(`The database files could not be made in ${place.home}.`, { cause });
  }
}

/** `initdb (PostgreSQL) 18.4` → 18. */
async function majorRelease(place: Place): Promise<number> {
  const { stdout } = await promisify(execFile)(path.join(place.binDir, "initdb"), ["--version"], {
    env: serverEnvironment,
    ...place.account,
  });
  return Number(/(\d+)/.exec(stdout)?.[1] ?? 0);
}

async function giveToServer(place: Place, files: readonly string[]): Promise<void> {
  if (place.account === undefined) return;
  await chmod(place.home, 0o711);
  for (const file of files) await chown(file, place.account.uid, place.account.gid);
}
