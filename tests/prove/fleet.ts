import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase, switchDatabase } from "@/lib/db/client";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import { ensureBuilt } from "@/scripts/prepare/build";
import { freePort } from "@/tests/support/free-port";
import { type ProductProcess, startWeb, startWorker } from "@/tests/support/product-process";

export const killTargets = ["web", "worker", "backend", "postmaster"] as const;
export type KillTarget = (typeof killTargets)[number];

/** Web, worker and a durable database of their own, each killed with SIGKILL on request and started again at once. */
export type Fleet = {
  readonly webPort: number;
  readonly workerPort: number;
  /** Kills and resolves when what was killed runs again. */
  readonly kill: (target: KillTarget) => Promise<void>;
  /** @throws Error when web or worker ended without being killed: no supervisor hides that here. */
  readonly checkAlive: () => void;
  readonly stop: () => Promise<void>;
  /** Data and logs, which `stop` leaves. */
  readonly dataDir: string;
};

type Say = (line: string) => void;

/** Starts everything; this process' database is the fleet's from then on. */
export async function startFleet({ say }: { readonly say: Say }): Promise<Fleet> {
  await ensureBuilt({ say });
  const dataDir = await mkdtemp(path.join(tmpdir(), "signalbox-kills-"));
  // As root the database runs under another account, which must get through this folder.
  await chmod(dataDir, 0o711);
  const [webPort, workerPort] = [await freePort(), await freePort()];
  let database = await startEmbeddedDatabase({ dataDir, say });
  let web: ProductProcess | undefined;
  let worker: ProductProcess | undefined;

  const launchWeb = async () => {
    web = await startWeb({ port: webPort, ...launchFor(database, dataDir, "web") });
  };
  const launchWorker = async () => {
    worker = await startWorker({ port: workerPort, ...launchFor(database, dataDir, "worker") });
  };
  const end = (signal: "SIGTERM" | "SIGKILL") => Promise.all([web?.end(signal), worker?.end(signal)]);
  const stop = async () => {
    await end("SIGTERM");
    switchDatabase(undefined);
    await database.stop();
  };
  const restartDatabase = async () => {
    const before = database.appUrl;
    database = await startEmbeddedDatabase({ dataDir, say });
    if (database.appUrl === before) return;
    switchToDatabaseOf(database);
    await end("SIGKILL");
    await Promise.all([launchWeb(), launchWorker()]);
  };

  try {
    await migrate(database);
    switchToDatabaseOf(database);
    await Promise.all([launchWeb(), launchWorker()]);
  } catch (error) {
    await stop();
    throw error;
  }
  const kills: Readonly<Record<KillTarget, () => Promise<void>>> = {
    web: async () => {
      await web?.end("SIGKILL");
      await launchWeb();
    },
    worker: async () => {
      await worker?.end("SIGKILL");
      await launchWorker();
    },
    backend: () => killBackend(database),
    postmaster: async () => {
      process.kill(database.pid, "SIGKILL");
      await database.lost;
      await restartDatabase();
    },
  };
  return {
    webPort,
    workerPort,
    dataDir,
    kill: (target) => kills[target](),
    checkAlive: () => {
      for (const [name, product] of Object.entries({ web, worker })) {
        if (product?.isRunning() !== true) throw new Error(`${name} ended by itself; see ${dataDir}`);
      }
    },
    stop,
  };
}

function launchFor(database: EmbeddedDatabase, dataDir: string, name: string) {
  return {
    env: {
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: "",
      SIGNALBOX_DATA_DIR: dataDir,
      SIGNALBOX_PUBLIC_URL: "",
      LOG_LEVEL: "warn",
    },
    logFile: path.join(dataDir, `${name}.log`),
  };
}

function switchToDatabaseOf(database: EmbeddedDatabase): void {
  switchDatabase(openDatabase(database.appUrl, { maxConnections: 2 }));
}

/** One server process of the application's; PostgreSQL then throws out all others and recovers from its log. */
async function killBackend(database: EmbeddedDatabase): Promise<void> {
  const own = openDatabase(database.ownerUrl, { maxConnections: 1 });
  try {
    const { rows } = await own.pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE usename = $1 AND datname = current_database()
       ORDER BY state = 'active' DESC NULLS LAST, random() LIMIT 1`,
      [new URL(database.appUrl).username],
    );
    const [backend] = rows;
    if (backend !== undefined) process.kill(backend.pid, "SIGKILL");
  } finally {
    await own.close().catch(() => undefined);
  }
}
