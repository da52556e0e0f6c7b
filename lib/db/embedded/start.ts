import { readFile, statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Credentials, readOrCreateCredentials } from "@/lib/db/embedded/credentials";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";
import { initialiseCluster } from "@/lib/db/embedded/initialise";
import { type Place, preparePlace } from "@/lib/db/embedded/place";
import { choosePort } from "@/lib/db/embedded/port";
import {
  findPostmaster,
  launchPostmaster,
  type Postmaster,
  stopPostmaster,
} from "@/lib/db/embedded/postmaster";
import { type Presence, takePresence } from "@/lib/db/embedded/presence";
import { APP_ROLE, ensureRoles, OWNER_ROLE, urlFor } from "@/lib/db/embedded/roles";
import { type Purpose, serverSettings } from "@/lib/db/embedded/settings";

/** A running embedded PostgreSQL and what its user needs of it. */
export type EmbeddedDatabase = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly pid: number;
  /** Whether the server was already running when asked for. */
  readonly reused: boolean;
  /** Resolves when the server died or was stopped by somebody else; never after `stop`. */
  readonly lost: Promise<void>;
  /** Leaves the server, and stops it in order unless another process still uses it. */
  readonly stop: () => Promise<void>;
};

/** How long to wait for the remains of a killed server (backends, shared memory) to go away. */
const START_PATIENCE_MS = 60_000;

/**
 * Starts the embedded PostgreSQL of a data folder, making the database on first use, or joins the one already running.
 * Listens on 127.0.0.1 only, with generated passwords. A server left over from a crash is taken over or recovered.
 * @throws EmbeddedDatabaseError with a sentence for the person at the terminal.
 */
export async function startEmbeddedDatabase(request: {
  readonly dataDir: string;
  readonly say: (line: string) => void;
  readonly purpose?: Purpose;
  /** Server programs to run in place of the packaged ones (PostgreSQL 15 or newer). */
  readonly binDir?: string | undefined;
}): Promise<EmbeddedDatabase> {
  const place = await preparePlace(request);
  const credentials = await readOrCreateCredentials(place.credentialsFile);
  if (await initialiseCluster(place, credentials)) request.say(`made a new database in ${place.home}`);

  const deadline = Date.now() + START_PATIENCE_MS;
  do {
    const running = await findPostmaster(place);
    const joined = running === undefined ? undefined : await join({ ...running, credentials });
    if (running !== undefined && joined !== undefined) {
      return handleFor({ ...running, credentials, presence: joined, reused: true });
    }
    if (running === undefined) {
      const launched = await launch(place, { credentials, purpose: request.purpose ?? "serve" });
      if (launched !== undefined) return handleFor({ ...launched, credentials, reused: false });
    }
    await sleep(200);
  } while (Date.now() < deadline);
  throw new EmbeddedDatabaseError(
    `The database server did not start. Its log, ${place.logFile}, ends with:\n${await lastLines(place.logFile)}`,
  );
}

type Running = { readonly pid: number; readonly port: number; readonly presence: Presence };

/** A server that is starting or stopping cannot be joined yet; one whose first starter was killed lacks the roles. */
async function join(
  server: Postmaster & { readonly credentials: Credentials },
): Promise<Presence | undefined> {
  if (!server.isReady) return undefined;
  return takePresence(server)
    .catch(() => ensureRoles(server).then(() => takePresence(server)))
    .catch(() => undefined);
}

async function launch(
  place: Place,
  options: { readonly credentials: Credentials; readonly purpose: Purpose },
): Promise<Running | undefined> {
  const port = await choosePort(place.portFile);
  const disk = await statfs(place.home);
  const settings = serverSettings({
    purpose: options.purpose,
    port,
    memoryBytes: memoryBytes(),
    freeDiskBytes: disk.bavail * disk.bsize,
  });
  const pid = await launchPostmaster(place, settings);
  if (pid === undefined) return undefined;
  const presence = await join({ pid, port, isReady: true, credentials: options.credentials });
  return presence === undefined ? undefined : { pid, port, presence };
}

function handleFor(
  server: Running & { readonly credentials: Credentials; readonly reused: boolean },
): EmbeddedDatabase {
  const { port, pid, presence, credentials, reused } = server;
  let isLeaving = false;
  let isLost = false;
  return {
    ownerUrl: urlFor({ port, role: OWNER_ROLE, password: credentials.owner }),
    appUrl: urlFor({ port, role: APP_ROLE, password: credentials.app }),
    pid,
    reused,
    lost: presence.lost.then(() => {
      isLost = true;
      return isLeaving ? new Promise<void>(() => undefined) : undefined;
    }),
    stop: async () => {
      // The number of a server that has gone may be another program's by now.
      if (isLost) return;
      isLeaving = true;
      const { wasLast } = await presence.leave();
      if (wasLast) await stopPostmaster(pid);
    },
  };
}

/** Memory this process may use: a container's limit where there is one (0 or a huge number means none). */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-8).join("\n");
}
