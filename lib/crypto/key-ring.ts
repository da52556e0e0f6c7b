import { randomBytes } from "node:crypto";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { readKeyFile } from "./key-file";

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
  const { current, keys } = readKeyFile(file, () => ({ id: "k1", key: randomBytes(32) }));
  if ([...keys.values()].some((key) => key.length !== 32)) {
    throw new AppError("internal", "The keys file needs 32-byte keys.");
  }
  return { current: current.id, keys };
}

/** The key with this id. @throws AppError internal when the ring does not hold it */
export function keyById(ring: KeyRing, id: string): Buffer {
  const key = ring.keys.get(id);
  if (key === undefined)
    throw new AppError("internal", "A key that this data needs is missing.", { info: { keyId: id } });
  return key;
}
