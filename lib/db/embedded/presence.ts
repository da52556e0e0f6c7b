import pg from "pg";
import type { Credentials } from "@/lib/db/embedded/credentials";
import { OWNER_ROLE } from "@/lib/db/embedded/roles";

const APPLICATION_NAME = "signalbox presence";

/**
 * An open connection that says "somebody uses this server". The last user to leave stops the server, and a user that
 * is killed leaves by itself; a lost connection tells at once that the server has died.
 */
export type Presence = {
  /** Resolves when the connection ended without `leave`. */
  readonly lost: Promise<void>;
  /** Closes the connection and answers whether nobody else uses the server. */
  readonly leave: () => Promise<{ readonly wasLast: boolean }>;
};

/** Connects as the owner. @throws the driver's error when the server refuses or cannot be reached. */
export async function takePresence(server: {
  readonly port: number;
  readonly credentials: Credentials;
}): Promise<Presence> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: server.port,
    user: OWNER_ROLE,
    password: server.credentials.owner,
    // Not the product's own database: an open connection would forbid copying or replacing that.
    database: "postgres",
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: 10_000,
  });
  const lost = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
  });
  await client.connect();
  return { lost, leave: () => leave(client) };
}

async function leave(client: pg.Client): Promise<{ readonly wasLast: boolean }> {
  const others = await client
    .query("SELECT FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()", [
      APPLICATION_NAME,
    ])
    .then(
      (result) => result.rowCount ?? 0,
      // The server has gone already: there is nothing left for anybody to use.
      () => 0,
    );
  await client.end().catch(() => undefined);
  return { wasLast: others === 0 };
}
