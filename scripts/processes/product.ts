import path from "node:path";
import type { Env } from "@/lib/config/env";
import { applicationEnvironment } from "@/scripts/processes/environment";
import type { DatabaseKeeper } from "@/scripts/processes/keep-database";
import { openLogFile } from "@/scripts/processes/log-file";
import { removeRunState, writeRunState } from "@/scripts/processes/state-file";
import { type Supervised, superviseProcess } from "@/scripts/processes/supervised";

/** The running web and worker processes. */
export type Product = {
  readonly web: Supervised;
  readonly worker: Supervised;
  readonly webLog: string;
  readonly stop: () => Promise<void>;
};

/** Starts web and worker, and keeps `run.json` in the data folder true to what runs. */
export function startProduct(start: {
  readonly env: Env;
  readonly database: DatabaseKeeper;
  readonly say: (line: string) => void;
}): Product {
  const { env, database, say } = start;
  const logOf = (name: string) => openLogFile(path.join(env.dataDir, "logs", `${name}.log`));
  const webLog = logOf("web");
  const record = () =>
    writeRunState(env.dataDir, {
      supervisorPid: process.pid,
      webPid: web.pid(),
      workerPid: worker.pid(),
      databasePid: database.current().embedded?.pid,
      url: env.publicUrl,
      ingestPort: env.ingestPort,
    });
  // Both processes are known by the time either start is recorded.
  const onStart = () => void setImmediate(record);

  const web = superviseProcess({
    name: "web",
    args: ["scripts/serve-web.mjs"],
    env: applicationEnvironment(env, database.current()),
    log: webLog,
    say,
    onStart,
  });
  const worker = superviseProcess({
    name: "worker",
    args: ["--import", "tsx", "lib/worker/main.ts"],
    env: applicationEnvironment(env, database.current()),
    log: logOf("worker"),
    say,
    onStart,
  });

  database.onRestart((restarted, hasMoved) => {
    if (hasMoved) {
      web.restart(applicationEnvironment(env, restarted));
      worker.restart(applicationEnvironment(env, restarted));
    }
    record();
  });
  return {
    web,
    worker,
    webLog: webLog.file,
    stop: async () => {
      await Promise.all([web.stop(), worker.stop()]);
      removeRunState(env.dataDir);
    },
  };
}
