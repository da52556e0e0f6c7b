import { readFile } from "node:fs/promises";
import type pg from "pg";
import { AppError } from "@/lib/core/errors";

/**
 * Gives the role of the application's URL its rights, as prisma/grants.sql lists them. Does nothing where application
 * and owner are one role, which then may do everything.
 * @throws AppError `conflict` when that role does not exist on the server.
 */
export async function applyGrants(
  owner: pg.Client,
  database: { readonly ownerUrl: string; readonly appUrl: string },
): Promise<void> {
  const app = roleOf(database.appUrl);
  if (app === roleOf(database.ownerUrl)) return;
  const found = await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [app]);
  if (found.rowCount === 0) {
    throw new AppError("conflict", "The role of DATABASE_URL does not exist on the database server.", {
      info: { role: app },
    });
  }
  const template = await readFile("prisma/grants.sql", "utf8");
  const quoted = owner.escapeIdentifier(app);
  await owner.query(
    template.replaceAll("{{app}}", quoted).replaceAll("{{app_text}}", owner.escapeLiteral(quoted)),
  );
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
