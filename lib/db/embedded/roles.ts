import pg from "pg";
import type { Credentials } from "@/lib/db/embedded/credentials";
import { SUPERUSER } from "@/lib/db/embedded/initialise";

/** Owns the database and runs migrations; may create databases, is no superuser. */
export const OWNER_ROLE = "signalbox_owner";
/** What web and worker connect as; its rights on tables are granted after each migration. */
export const APP_ROLE = "signalbox_app";
const DATABASE = "signalbox";

/** Makes the two roles and the database where they are missing, with the passwords of this installation. */
export async function ensureRoles(server: {
  readonly port: number;
  readonly credentials: Credentials;
}): Promise<void> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: server.port,
    user: SUPERUSER,
    password: server.credentials.superuser,
    database: "postgres",
  });
  await client.connect();
  try {
    const roles = [
      { name: OWNER_ROLE, rights: "LOGIN CREATEDB", password: server.credentials.owner },
      { name: APP_ROLE, rights: "LOGIN", password: server.credentials.app },
    ];
    for (const role of roles) {
      const found = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role.name]);
      const verb = found.rowCount === 0 ? "CREATE" : "ALTER";
      await client.query(
        `${verb} ROLE ${role.name} ${role.rights} PASSWORD ${client.escapeLiteral(role.password)}`,
      );
    }
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`);
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO ${APP_ROLE}`);
  } finally {
    await client.end();
  }
}

/** A connection URL for one of the roles on the embedded server. */
export function urlFor(login: {
  readonly port: number;
  readonly role: string;
  readonly password: string;
}): string {
  return `postgresql://${login.role}:${login.password}@127.0.0.1:${login.port}/${DATABASE}`;
}
