import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { withTestDatabase } from "@/tests/support/database";

const database = withTestDatabase();
const folder = mkdtemp(path.join(tmpdir(), "signalbox-before-people-"));

afterAll(async () => rm(await folder, { recursive: true, force: true }));

async function ask(sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: database().ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("roles that people held before become grants everywhere, each once, and they have joined", async () => {
  const earlier = (await readMigrations("prisma/migrations")).filter(({ name }) => name < "0004");
  for (const { name } of earlier) {
    await cp(path.join("prisma/migrations", name), path.join(await folder, name), { recursive: true });
  }
  await ask("DROP SCHEMA IF EXISTS clinical CASCADE");
  await ask("DROP SCHEMA signal CASCADE");
  await ask("DROP SCHEMA public CASCADE");
  await ask("CREATE SCHEMA public");
  // The rights given at the end are those of today: they name tables that an earlier database lacks.
  await expect(migrate({ ...database(), folder: await folder })).rejects.toThrow(/does not exist/);
  await ask(`INSERT INTO public."user" (id, email, name, password_hash, roles) VALUES
    ('00000000-0000-4000-8000-000000000001', 'a@example.org', 'A', 'x', '{administrator,reporter,reporter}'),
    ('00000000-0000-4000-8000-000000000002', 'b@example.org', 'B', 'x', '{}')`);

  await migrate(database());

  expect(await ask("SELECT user_id, role, department FROM public.role_grant ORDER BY role")).toEqual([
    { user_id: "00000000-0000-4000-8000-000000000001", role: "administrator", department: null },
    { user_id: "00000000-0000-4000-8000-000000000001", role: "reporter", department: null },
  ]);
  expect(
    await ask('SELECT email, joined_at = created_at AS joined FROM public."user" ORDER BY email'),
  ).toEqual([
    { email: "a@example.org", joined: true },
    { email: "b@example.org", joined: true },
  ]);
});
