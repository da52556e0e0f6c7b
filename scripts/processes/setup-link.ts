import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Env } from "@/lib/config/env";
import type { PreparedDatabase } from "@/scripts/prepare/database";
import { applicationEnvironment } from "@/scripts/processes/environment";

/** The one-time link that makes the first administrator, or `undefined` when the product has a user already. */
export async function setupLink(request: {
  readonly env: Env;
  readonly database: PreparedDatabase;
  readonly signal: AbortSignal;
}): Promise<string | undefined> {
  // A process of its own, so that the supervisor holds no keys and no connection of the application's.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "scripts/print-setup-link.ts"],
    {
      env: { ...process.env, ...applicationEnvironment(request.env, request.database) },
      signal: request.signal,
    },
  );
  return stdout.trim() || undefined;
}
