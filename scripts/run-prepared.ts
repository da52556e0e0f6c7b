import { spawn } from "node:child_process";
import { needsDatabase } from "@/lib/cli/needs-database";
import { parseEnv } from "@/lib/config/env";
import { prepareDatabase } from "@/scripts/prepare/database";
import { ensureGenerated } from "@/scripts/prepare/generate";
import { explainFailure } from "@/scripts/prepare/start-error";
import { ownerEnvironment } from "@/scripts/processes/environment";

const COMMAND_LINE = "lib/cli/main.ts";

/**
 * Runs a TypeScript entry with the database it needs, starting the embedded one for the time being unless it runs.
 * Resolves with the entry's exit code; `begin` is called when the entry takes over the terminal.
 */
export async function runPrepared(request: {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
  readonly begin: () => void;
}): Promise<number> {
  try {
    const env = parseEnv(process.env);
    await ensureGenerated(request);
    const [entry, ...words] = request.args;
    if (entry === COMMAND_LINE && !needsDatabase(words)) {
      request.begin();
      return await runEntry(request.args, {});
    }
    const database = await prepareDatabase({ env, say: request.say });
    try {
      request.begin();
      return await runEntry(request.args, ownerEnvironment(env, database));
    } finally {
      await database.stop();
    }
  } catch (error) {
    console.error(explainFailure(error));
    return 1;
  }
}

async function runEntry(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    env: { ...process.env, ...settings },
    stdio: "inherit",
  });
  // Ctrl-C reaches the entry by itself; this program waits for it, to stop the database last.
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  const ignore = () => undefined;
  process.on("SIGINT", ignore).on("SIGTERM", pass);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
