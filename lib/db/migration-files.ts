import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** One `migration.sql` with the checksum Prisma would write for it (hex SHA-256 of the file). */
export type MigrationFile = { readonly name: string; readonly sql: string; readonly checksum: string };

/** The migrations of a folder in the order of their names, which is the order they apply in. */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: sha256(sql) };
    }),
  );
}

/** Prisma accepts either line ending, because a checkout on Windows may change them. */
export function checksumMatches(file: MigrationFile, checksum: string): boolean {
  const unix = file.sql.replaceAll("\r\n", "\n");
  return [file.sql, unix, unix.replaceAll("\n", "\r\n")].some((variant) => sha256(variant) === checksum);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
