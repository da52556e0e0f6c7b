import { access, readdir } from "node:fs/promises";
import path from "node:path";

const DEBIAN_FOLDER = "/usr/lib/postgresql";
const OLDEST_RELEASE = 15;

/** The program folder of the oldest supported PostgreSQL that Debian installed, or `undefined`. */
export async function findSystemPostgres(): Promise<string | undefined> {
  const releases = (await readdir(DEBIAN_FOLDER).catch(() => [])).map(Number);
  const supported = releases.filter((release) => release >= OLDEST_RELEASE).sort((a, b) => a - b);
  for (const release of supported) {
    const binDir = path.join(DEBIAN_FOLDER, String(release), "bin");
    const isComplete = await access(path.join(binDir, "initdb")).then(
      () => true,
      () => false,
    );
    if (isComplete) return binDir;
  }
  return undefined;
}
