import type { Env } from "@/lib/config/env";
import type { PreparedDatabase } from "@/scripts/prepare/database";

type Variables = Readonly<Record<string, string>>;

/** What web and worker are told beyond the environment it inherits: the database as the application's role. */
export function applicationEnvironment(env: Env, database: PreparedDatabase): Variables {
  return {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    SIGNALBOX_DATA_DIR: env.dataDir,
    DATABASE_URL: database.appUrl,
    // Empty counts as unset: a process that needs no owner's rights does not learn the owner's password.
    DATABASE_OWNER_URL: "",
  };
}

/** What commands are told: the same, and the owner's connection, which a restore and a migration need. */
export function ownerEnvironment(env: Env, database: PreparedDatabase): Variables {
  return { ...applicationEnvironment(env, database), DATABASE_OWNER_URL: database.ownerUrl };
}
