import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";

const keyFileSchema = z.object({
  current: z.string().min(1),
  keys: z.record(z.string().min(1), z.base64()),
});

type NamedKey = { readonly id: string; readonly key: Buffer };

/**
 * Reads a file of named keys, or makes one of a single new key, readable by the owner only.
 * @throws AppError internal when it is not such a file, lacks its current key, or cannot be written
 */
export function readKeyFile(
  file: string,
  makeKey: () => NamedKey,
): { readonly current: NamedKey; readonly keys: ReadonlyMap<string, Buffer> } {
  if (!fs.existsSync(file)) makeFile(file, makeKey());
  const parsed = keyFileSchema.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (!parsed.success) throw new AppError("internal", "A file of keys is not one.");
  const keys = new Map(Object.entries(parsed.data.keys).map(([id, key]) => [id, Buffer.from(key, "base64")]));
  const key = keys.get(parsed.data.current);
  if (key === undefined) throw new AppError("internal", "A file of keys lacks its current key.");
  return { current: { id: parsed.data.current, key }, keys };
}

/**
 * Makes a further key the current one, beside all that were there. The file is replaced as a whole and keeps its owner,
 * so that a reader finds the old one or the new one. @throws AppError internal when it is not such a file, or cannot be written
 */
export function addKey(file: string, { id, key }: NamedKey): void {
  const { keys } = readKeyFile(file, () => ({ id, key }));
  const all = Object.fromEntries(
    [...keys, [id, key] as const].map(([name, bytes]) => [name, bytes.toString("base64")]),
  );
  const draft = `${file}.new`;
  try {
    const { uid, gid } = fs.statSync(file);
    fs.rmSync(draft, { force: true });
    const handle = fs.openSync(draft, "wx", 0o600);
    fs.writeFileSync(handle, contentOf({ current: id, keys: all }));
    fs.fchownSync(handle, uid, gid);
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    fs.renameSync(draft, file);
  } catch (cause) {
    throw new AppError("internal", "The file of keys cannot be replaced.", { cause });
  }
}

function contentOf(content: z.output<typeof keyFileSchema>): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function makeFile(file: string, { id, key }: NamedKey): void {
  const content = { current: id, keys: { [id]: key.toString("base64") } };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    // wx: of two processes that start together, one makes the file and both read it.
    fs.writeFileSync(file, contentOf(content), { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if (!fs.existsSync(file)) throw new AppError("internal", "A file of keys cannot be written.", { cause });
  }
}
