import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";

const keyRingSchema = z.object({
  current: z.string().min(1),
  keys: z.record(z.string().min(1), z.base64()),
});

/** Named 256-bit keys. New data is sealed with `current`; old data is opened with the key it names. */
export type KeyRing = {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
};

let loaded: KeyRing | undefined;

/** The keys of this installation, read from SIGNALBOX_KEYS_FILE; made at first use, readable by the owner only. */
export function keyRing(): KeyRing {
  loaded ??= readKeyRing(env().keysFile);
  return loaded;
}

/** Reads a key file, or makes one. @throws AppError internal when the file is not a key ring */
export function readKeyRing(file: string): KeyRing {
  if (!fs.existsSync(file)) makeKeyFile(file);
  const parsed = keyRingSchema.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (!parsed.success) throw new AppError("internal", "The keys file is not a key ring.");
  const keys = new Map(Object.entries(parsed.data.keys).map(([id, key]) => [id, Buffer.from(key, "base64")]));
  if ([...keys.values()].some((key) => key.length !== 32) || !keys.has(parsed.data.current)) {
    throw new AppError("internal", "The keys file needs 32-byte keys and a current key that exists.");
  }
  return { current: parsed.data.current, keys };
}

/** The key with this id. @throws AppError internal when the ring does not hold it */
export function keyById(ring: KeyRing, id: string): Buffer {
  const key = ring.keys.get(id);
  if (key === undefined)
    throw new AppError("internal", "A key that this data needs is missing.", { info: { keyId: id } });
  return key;
}

function makeKeyFile(file: string): void {
  const ring = { current: "k1", keys: { k1: randomBytes(32).toString("base64") } };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    // wx: of two processes that start together, one makes the file and both read it.
    fs.writeFileSync(file, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if (!fs.existsSync(file)) throw new AppError("internal", "The keys file cannot be written.", { cause });
  }
}
