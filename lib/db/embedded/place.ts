import { createHash } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { type Account, firstBlockingFolder, serverAccount } from "@/lib/db/embedded/account";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";
import { findServer } from "@/lib/db/embedded/server-files";

/** Where the server's programs and one installation's database files are, and who runs them. */
export type Place = {
  readonly account: Account | undefined;
  readonly binDir: string;
  readonly home: string;
  readonly cluster: string;
  readonly credentialsFile: string;
  readonly portFile: string;
  readonly logFile: string;
};

/** Where root's database goes when the account `nobody` cannot enter the project's own folders. */
const SYSTEM_FOLDER = "/var/lib/signalbox";

/**
 * Finds the server programs and the folder for the database of `dataDir`, creating the folder.
 * @throws EmbeddedDatabaseError naming the folder that blocks the server's account, or the unsupported platform.
 */
export async function preparePlace(request: {
  readonly dataDir: string;
  readonly binDir?: string | undefined;
  readonly say: (line: string) => void;
}): Promise<Place> {
  const account = await serverAccount();
  const home = await chooseHome({ ...request, account });
  await makeFolder({ folder: home, isShared: account !== undefined });
  const blocked = await firstBlockingFolder({ target: home, account });
  if (blocked !== undefined) {
    throw new EmbeddedDatabaseError(
      `The database server cannot run as root, and the account nobody may not enter ${blocked}. Give it the x permission, or start as a normal user.`,
    );
  }
  const binDir =
    request.binDir ??
    (await findServer({
      account,
      say: request.say,
      copyTo: account ? SYSTEM_FOLDER : request.dataDir,
    }));
  return {
    account,
    binDir,
    home,
    cluster: path.join(home, "data"),
    credentialsFile: path.join(home, "credentials.json"),
    portFile: path.join(home, "port"),
    logFile: path.join(home, "server.log"),
  };
}

async function chooseHome(request: {
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly say: (line: string) => void;
}): Promise<string> {
  await makeFolder({ folder: request.dataDir, isShared: request.account !== undefined });
  const blocked = await firstBlockingFolder({ target: request.dataDir, account: request.account });
  if (blocked === undefined) return path.join(request.dataDir, "postgres");
  const installation = createHash("sha256").update(request.dataDir).digest("hex").slice(0, 12);
  const home = path.join(SYSTEM_FOLDER, installation);
  request.say(`the database server (account nobody) cannot enter ${blocked}: its data is kept in ${home}`);
  return home;
}

/**
 * As root the folders must let the server's account pass (x) but not look in (r); secrets inside are owner-only files.
 * A strict umask would shut the folders just made, so their mode is set again.
 */
async function makeFolder(make: { readonly folder: string; readonly isShared: boolean }): Promise<void> {
  const mode = make.isShared ? 0o711 : 0o700;
  const firstMade = await mkdir(make.folder, { recursive: true, mode });
  if (firstMade === undefined || !make.isShared) return;
  for (let folder = make.folder; folder.length >= firstMade.length; folder = path.dirname(folder)) {
    await chmod(folder, mode);
  }
}
