import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/** Hex SHA-256 over the paths and contents of these files and folders; a missing one counts as empty. */
export async function fingerprint(
  places: readonly string[],
  except: readonly string[] = [],
): Promise<string> {
  const files = (await Promise.all(places.map(filesOf))).flat().sort();
  const hash = createHash("sha256");
  for (const file of files.filter((name) => !except.some((prefix) => name.startsWith(prefix)))) {
    const content = await readFile(file);
    hash.update(`${file.replaceAll(path.sep, "/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function filesOf(place: string): Promise<readonly string[]> {
  const found = await stat(place).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isFile()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
