import { type Env, parseEnv } from "@/lib/config/env";
import { ensureBuilt } from "@/scripts/prepare/build";
import { prepareDatabase } from "@/scripts/prepare/database";
import { ensureGenerated } from "@/scripts/prepare/generate";
import { explainFailure, StartError } from "@/scripts/prepare/start-error";
import { announce } from "@/scripts/processes/announce";
import { keepDatabase } from "@/scripts/processes/keep-database";
import { refuseTakenPorts } from "@/scripts/processes/ports";
import { startProduct } from "@/scripts/processes/product";
import { readRunState } from "@/scripts/processes/state-file";

/**
 * Brings the product up, keeps it up, and takes it down on Ctrl-C or SIGTERM: web and worker first, the database last.
 * Resolves with the exit code.
 */
export async function supervise({ say }: { readonly say: (line: string) => void }): Promise<number> {
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());
  const cleanUps: (() => Promise<void>)[] = [];
  try {
    const env = parseEnv(process.env);
    await refuseSecondStart(env);
    await ensureGenerated({ say, signal });
    const database = keepDatabase({ env, say, database: await prepareDatabase({ env, say }) });
    cleanUps.push(database.stop);
    await ensureBuilt({ say, signal });
    say("starting web and worker");
    const product = startProduct({ env, database, say });
    cleanUps.push(product.stop);
    await announce({ env, database, product, say, signal });
    await untilAborted(signal);
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    console.error(explainFailure(error));
    return 1;
  } finally {
    if (signal.aborted) say("stopping");
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
    if (signal.aborted) say("stopped");
  }
}

async function refuseSecondStart(env: Env): Promise<void> {
  const running = await readRunState(env.dataDir);
  if (running !== undefined) {
    throw new StartError(
      `Signalbox already runs at ${running.url} (process ${running.supervisorPid}, data in ${env.dataDir}).`,
    );
  }
  await refuseTakenPorts([
    { variable: "PORT", host: env.host, port: env.port },
    { variable: "INGEST_PORT", host: env.host, port: env.ingestPort },
  ]);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
