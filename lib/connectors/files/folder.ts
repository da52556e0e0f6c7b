import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/core/errors";
import { type FileNow, fitsPattern } from "./progress";

/** Why a folder cannot be read; `info.kind` of the errors. */
export const folderTroubles = [
  "no_roots",
  "outside_roots",
  "not_found",
  "no_right",
  "no_folder",
  "not_read",
] as const;
export type FolderTrouble = (typeof folderTroubles)[number];

/**
 * The folder as the system names it, links followed. @throws AppError source_refused where it is not below one of the folders
 * that the operator allowed, source_unreachable where it cannot be read
 */
export async function allowedFolder(folder: string, roots: readonly string[]): Promise<string> {
  if (roots.length === 0) throw refused("no_roots");
  const real = await within(realpath(folder));
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => undefined)));
  if (!realRoots.some((root) => root !== undefined && isBelow(real, root))) throw refused("outside_roots");
  if (!(await within(stat(real))).isDirectory()) throw unreachable("no_folder");
  return real;
}

/** Its plain files that fit the pattern, or were read before under another name, oldest change first. */
export async function listFiles(
  folder: string,
  of: { readonly pattern: string; readonly isKnown: (key: string) => boolean },
): Promise<readonly FileNow[]> {
  const entries = await within(readdir(folder, { withFileTypes: true }));
  const files: (FileNow & { readonly changedAtMs: number })[] = [];
  // Links and pipes are no files: a link may lead out of the folder, a pipe never ends.
  for (const { name } of entries.filter((entry) => entry.isFile()).slice(0, MAX_FILES)) {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (found === undefined) continue;
    const key = `${found.dev}:${found.ino}`;
    if (!fitsPattern(name, of.pattern) && !of.isKnown(key)) continue;
    files.push({ key, name, size: found.size, changedAtMs: found.mtimeMs });
  }
  // Of two that were changed in the same tick of the clock, what was begun goes before what may have replaced it.
  const isNew = ({ key }: FileNow) => Number(!of.isKnown(key));
  return files.sort((a, b) => a.changedAtMs - b.changedAtMs || isNew(a) - isNew(b));
}

const MAX_FILES = 10_000;

export type OpenFile = {
  /** At most so many bytes from a place on. */
  readonly read: (from: number, most: number) => Promise<Buffer>;
  /** Digest of the first bytes; undefined where there are fewer. */
  readonly headOf: (bytes: number) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
};

/** Opens a file that was listed. A link that has taken its place since is not followed. @throws AppError source_unreachable */
export async function openFile(folder: string, name: string): Promise<OpenFile> {
  const file = await within(open(path.join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW));
  const read = (from: number, most: number) => within(readAt(file, from, most));
  return {
    read,
    headOf: async (bytes) => {
      const head = await read(0, bytes);
      return head.length < bytes ? undefined : createHash("sha256").update(head).digest("base64url");
    },
    close: () => file.close(),
  };
}

async function readAt(file: FileHandle, from: number, most: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, from);
  return buffer.subarray(0, bytesRead);
}

function isBelow(folder: string, root: string): boolean {
  const relative = path.relative(root, folder);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}

/** Names what the system says; its own words hold names of files, which may hold more. */
async function within<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") throw unreachable("not_found");
    if (code === "ENOTDIR") throw unreachable("no_folder");
    throw unreachable(code === "EACCES" || code === "EPERM" ? "no_right" : "not_read");
  }
}

function unreachable(kind: FolderTrouble): AppError {
  return new AppError("source_unreachable", "The folder cannot be read.", { info: { kind } });
}

function refused(kind: FolderTrouble): AppError {
  return new AppError("source_refused", "The folder may not be read.", { info: { kind } });
}
