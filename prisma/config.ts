import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

const here = path.dirname(fileURLToPath(import.meta.url));

// A Windows system starts no script as a program: there Prisma's own engine is used, where it can be had.
if (process.platform !== "win32")
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= path.join(here, "schema-engine.mjs");

const url = process.env["DATABASE_OWNER_URL"] || process.env["DATABASE_URL"];

/** Settings of the `prisma` command. Migrations run as the owner of the database. */
export const prismaConfig = defineConfig({
  schema: path.join(here, "schema.prisma"),
  migrations: { path: path.join(here, "migrations"), seed: "node scripts/run.mjs prisma/seed.ts" },
  ...(url ? { datasource: { url } } : {}),
});
