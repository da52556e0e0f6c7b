import type { Env } from "@/lib/config/env";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";

/** A migrated database to run on. `embedded` is absent where DATABASE_URL names a server of the operator's own. */
export type PreparedDatabase = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly embedded: EmbeddedDatabase | undefined;
  readonly stop: () => Promise<void>;
};

/** Starts the embedded server unless DATABASE_URL is set, and brings the database to this release. */
export async function prepareDatabase(request: {
  readonly env: Env;
  readonly say: (line: string) => void;
}): Promise<PreparedDatabase> {
  const database = await openDatabase(request);
  try {
    const { applied } = await migrate(database);
    if (applied.length > 0) request.say(`applied ${applied.length} migrations to the database`);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openDatabase({
  env,
  say,
}: {
  readonly env: Env;
  readonly say: (line: string) => void;
}): Promise<PreparedDatabase> {
  if (env.databaseUrl !== undefined) {
    say("using the database of DATABASE_URL");
    const ownerUrl = env.databaseOwnerUrl ?? env.databaseUrl;
    return { ownerUrl, appUrl: env.databaseUrl, embedded: undefined, stop: async () => undefined };
  }
  say("starting the embedded database");
  const embedded = await startEmbeddedDatabase({ dataDir: env.dataDir, say });
  if (embedded.reused) say("the embedded database was already running");
  return { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, embedded, stop: embedded.stop };
}
