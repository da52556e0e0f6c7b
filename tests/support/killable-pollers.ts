import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Database } from "@/lib/db/client";

/** Polls in a process of its own, on the same database and keys, that ends without a chance to tidy up. */
export function startKillablePollers(db: Database): { readonly kill: () => Promise<void> } {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/support/run-pollers.ts"], {
    env: { ...process.env, DATABASE_URL: String(db.pool.options.connectionString), LOG_LEVEL: "silent" },
    stdio: "ignore",
  });
  return {
    kill: async () => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
