import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { addKey, readKeyFile } from "./key-file";

/** Named 256-bit keys. New data is sealed with `current`; old data is opened with the key it names. */
export type KeyRing = {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
};

type Loaded = { readonly ring: KeyRing; readonly changedMs: number; readonly lookAgainMs: number };

let loaded: Loaded | undefined;

/** How long a process may go on with the key from before a rotation, in milliseconds. */
export const KEY_LOOK_AGAIN_MS = 1_000;

/**
 * The keys of this installation, read from SIGNALBOX_KEYS_FILE; made at first use, readable by the owner only. A file
 * that was replaced is read again within a second.
 */
export function keyRing(): KeyRing {
  if (loaded === undefined || performance.now() >= loaded.lookAgainMs) loaded = load(loaded);
  return loaded.ring;
}

/** Adds a new key to the file of this installation and makes it the one that seals. Answers with its id. */
export function rotateKeyRing(): string {
  const { keysFile } = env();
  const { keys } = readKeyRing(keysFile);
  const numbers = [...keys.keys()].map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  const id = `k${Math.max(...numbers) + 1}`;
  addKey(keysFile, { id, key: randomBytes(32) });
  loaded = undefined;
  return id;
}

function load(before: Loaded | undefined): Loaded {
  const { keysFile } = env();
  const lookAgainMs = performance.now() + KEY_LOOK_AGAIN_MS;
  const changedMs = statSync(keysFile, { throwIfNoEntry: false })?.mtimeMs;
  // While the file is away or as it was, what was read of it holds.
  if (before !== undefined && (changedMs === undefined || changedMs === before.changedMs)) {
    return { ...before, lookAgainMs };
  }
  const ring = readKeyRing(keysFile);
  return { ring, changedMs: changedMs ?? statSync(keysFile).mtimeMs, lookAgainMs };
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
  const key = ring.keys.get(id) ?? newestKey(ring, id);
  if (key === undefined)
    throw new AppError("internal", "A key that this data needs is missing.", { info: { keyId: id } });
  return key;
}

// Another process may have rotated the keys and sealed with the new one since this one looked.
function newestKey(ring: KeyRing, id: string): Buffer | undefined {
  if (ring !== loaded?.ring) return undefined;
  loaded = load(loaded);
  return loaded.ring.keys.get(id);
}
