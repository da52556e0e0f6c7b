import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";

/** A system account that server processes are started under. */
export type Account = { readonly uid: number; readonly gid: number };

const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/**
 * The account the database server must run under, or `undefined` for the account of this process. PostgreSQL refuses
 * to run as root, so root's server runs as `nobody`.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const fields = users.split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = fields.find(([name]) => name === "nobody") ?? [];
  return uid !== undefined && gid !== undefined ? { uid: Number(uid), gid: Number(gid) } : NOBODY;
}

/** The first folder on the way to `target` that `account` may not enter, or `undefined` when it can get there. */
export async function firstBlockingFolder(question: {
  readonly target: string;
  readonly account: Account | undefined;
}): Promise<string | undefined> {
  const { account } = question;
  if (account === undefined) return undefined;
  const folders = ancestorsOf(await nearestExisting(question.target));
  for (const folder of folders) {
    const { mode, uid, gid } = await stat(folder);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return folder;
  }
  return undefined;
}

async function nearestExisting(target: string): Promise<string> {
  const real = await realpath(target).catch(() => undefined);
  if (real !== undefined) return (await stat(real)).isDirectory() ? real : path.dirname(real);
  return nearestExisting(path.dirname(target));
}

/** `/a/b` → `/`, `/a`, `/a/b`: outermost first, so that the folder named is the one to open. */
function ancestorsOf(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [...ancestorsOf(parent), folder];
}
