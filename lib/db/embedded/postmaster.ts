import { spawn } from "node:child_process";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";
import type { Place } from "@/lib/db/embedded/place";
import { isServerProcess } from "@/lib/db/embedded/process-name";
import { serverEnvironment } from "@/lib/db/embedded/settings";

/** What the server writes about itself into `postmaster.pid` (pid, folder, start, port, socket, address, key, state). */
export type Postmaster = { readonly pid: number; readonly port: number; readonly isReady: boolean };

const LARGEST_LOG_BYTES = 10 * 1024 ** 2;
const FAST_SHUTDOWN_LIMIT_MS = 60_000;

/** The server of this data folder that is running or starting, or `undefined`; a stale file is removed. */
export async function findPostmaster(place: Place): Promise<Postmaster | undefined> {
  const file = path.join(place.cluster, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (isProcessAlive(pid) && (await isServerProcess(pid))) {
    return { pid, port: Number(lines[3] ?? 0), isReady: lines[7] === "ready" };
  }
  // After a kill -9 the number may since belong to another program, which PostgreSQL would take for a live server.
  await rm(file, { force: true });
  return undefined;
}

/**
 * Starts the server and resolves with its pid once it accepts connections (after crash recovery, if any), or with
 * `undefined` when it ended before that. It leads its own process group, so that Ctrl-C in a terminal reaches the
 * supervisor only and the database can be stopped last.
 */
export async function launchPostmaster(
  place: Place,
  settings: readonly string[],
): Promise<number | undefined> {
  await setAsideLargeLog(place.logFile);
  const log = await open(place.logFile, "a", 0o600);
  try {
    const child = spawn(path.join(place.binDir, "postgres"), ["-D", place.cluster, ...settings], {
      cwd: place.cluster,
      env: serverEnvironment,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      ...place.account,
    });
    const spawnFailure = new Promise<Error>((resolve) => child.once("error", resolve));
    if (child.pid === undefined) {
      throw new EmbeddedDatabaseError("The database server could not be started.", {
        cause: await spawnFailure,
      });
    }
    child.unref();
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    return (await becameReady(place, child.pid, hasEnded)) ? child.pid : undefined;
  } finally {
    await log.close();
  }
}

/** Ends the server in order (open transactions roll back), by force only when it does not end within a minute. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!isProcessAlive(pid)) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < FAST_SHUTDOWN_LIMIT_MS && isProcessAlive(pid); waitedMs += 20)
      await sleep(20);
  }
}

/** Whether a process with this number exists, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function becameReady(place: Place, pid: number, hasEnded: () => boolean): Promise<boolean> {
  while (!hasEnded()) {
    const postmaster = await findPostmaster(place);
    if (postmaster?.pid === pid && postmaster.isReady) return true;
    await sleep(20);
  }
  return false;
}

async function setAsideLargeLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_LOG_BYTES) await rename(logFile, `${logFile}.1`);
}
