import { setTimeout as sleep } from "node:timers/promises";
import type { Env } from "@/lib/config/env";
import { startEmbeddedDatabase } from "@/lib/db/embedded/start";
import type { PreparedDatabase } from "@/scripts/prepare/database";
import { explainFailure } from "@/scripts/prepare/start-error";

/** The database in use, started again whenever the embedded server dies. */
export type DatabaseKeeper = {
  readonly current: () => PreparedDatabase;
  /** Called after each restart; `hasMoved` when its address is another than before. */
  readonly onRestart: (listener: (database: PreparedDatabase, hasMoved: boolean) => void) => void;
  readonly stop: () => Promise<void>;
};

const PAUSE_MS = 2000;

/** Watches the embedded server. A database of the operator's own is left to the operator. */
export function keepDatabase(keep: {
  readonly env: Env;
  readonly database: PreparedDatabase;
  readonly say: (line: string) => void;
}): DatabaseKeeper {
  let current = keep.database;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();
  let listener: (database: PreparedDatabase, hasMoved: boolean) => void = () => undefined;

  const restart = async () => {
    keep.say("the database ended by itself; starting it again");
    while (!isStopping) {
      try {
        const embedded = await startEmbeddedDatabase({ dataDir: keep.env.dataDir, say: keep.say });
        const hasMoved = embedded.appUrl !== current.appUrl;
        current = { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, embedded, stop: embedded.stop };
        keep.say("the database runs again");
        listener(current, hasMoved);
        watch();
        return;
      } catch (error) {
        keep.say(explainFailure(error));
        await sleep(PAUSE_MS);
      }
    }
  };
  const watch = () =>
    void current.embedded?.lost.then(() => {
      if (!isStopping) restarting = restart();
    });

  watch();
  return {
    current: () => current,
    onRestart: (given) => {
      listener = given;
    },
    stop: async () => {
      isStopping = true;
      await restarting;
      await current.stop();
    },
  };
}
