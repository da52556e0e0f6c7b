import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { statSync } from "node:fs";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { addKey, readKeyFile } from "./key-file";

/** Ed25519 keys (RFC 8032) with ids. `current` signs; the public halves of all check what was signed before. */
export type SigningKeys = {
  readonly current: { readonly keyId: string; readonly sign: (digest: Buffer) => Buffer };
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
};

let loaded: { readonly keys: SigningKeys; readonly changedMs: number | undefined } | undefined;

/**
 * The signing keys of this installation: a file beside the keys file, made at first use, readable by the owner only. A
 * file that was replaced is read again.
 */
export function signingKeys(): SigningKeys {
  const file = env().signingKeysFile;
  const changedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  // While the file is away, what was read of it holds.
  if (loaded === undefined || (changedMs !== undefined && changedMs !== loaded.changedMs)) {
    loaded = { keys: readSigningKeys(file), changedMs };
  }
  return loaded.keys;
}

/** A new key that nothing is signed with yet. */
export function newSigningKey(): { readonly id: string; readonly key: Buffer } {
  return makeKey();
}

/** Makes a key the one that signs from now on; those before stay, to check what they signed. @throws AppError internal */
export function addSigningKey(key: { readonly id: string; readonly key: Buffer }): void {
  addKey(env().signingKeysFile, key);
}

/** Reads a file of signing keys, or makes one. @throws AppError internal when it is not one, or an id is not its key's */
export function readSigningKeys(file: string): SigningKeys {
  const { current, keys } = readKeyFile(file, makeKey);
  const publicKeys = new Map([...keys].map(([id, key]) => [id, createPublicKey(privateKeyOf(key))]));
  if ([...publicKeys].some(([id, key]) => keyIdOf(key) !== id)) {
    throw new AppError("internal", "The file of signing keys needs ids that are its keys'.");
  }
  const signer = privateKeyOf(current.key);
  return { current: { keyId: current.id, sign: (digest) => sign(null, digest, signer) }, publicKeys };
}

/** Id of a public key: the first 128 bits of SHA-256 over its SPKI form, in hexadecimal. */
export function keyIdOf(key: KeyObject): string {
  const spki = key.export({ format: "der", type: "spki" });
  return createHash("sha256").update(spki).digest("hex").slice(0, 32);
}

function privateKeyOf(key: Buffer): KeyObject {
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { id: keyIdOf(publicKey), key: privateKey.export({ format: "der", type: "pkcs8" }) };
}
