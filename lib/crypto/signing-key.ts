import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";

const fileSchema = z.object({
  current: z.string().min(1),
  keys: z.record(z.string().min(1), z.base64()),
});

/** Ed25519 keys (RFC 8032) with ids. `current` signs; the public halves of all check what was signed before. */
export type SigningKeys = {
  readonly current: { readonly keyId: string; readonly sign: (digest: Buffer) => Buffer };
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
};

let loaded: SigningKeys | undefined;

/** The signing keys of this installation: a file beside the keys file, made at first use, readable by the owner only. */
export function signingKeys(): SigningKeys {
  loaded ??= readSigningKeys(env().signingKeysFile);
  return loaded;
}

/** Reads a file of signing keys, or makes one. @throws AppError internal when it is not one, or an id is not its key's */
export function readSigningKeys(file: string): SigningKeys {
  if (!fs.existsSync(file)) makeFile(file);
  const parsed = fileSchema.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (!parsed.success) throw new AppError("internal", "The file of signing keys is not one.");
  const keys = new Map(Object.entries(parsed.data.keys).map(([id, text]) => [id, privateKeyOf(text)]));
  const signer = keys.get(parsed.data.current);
  const publicKeys = new Map([...keys].map(([id, key]) => [id, createPublicKey(key)]));
  if (signer === undefined || [...publicKeys].some(([id, key]) => keyIdOf(key) !== id)) {
    throw new AppError(
      "internal",
      "The file of signing keys needs a current key, and ids that are its keys'.",
    );
  }
  return {
    current: { keyId: parsed.data.current, sign: (digest) => sign(null, digest, signer) },
    publicKeys,
  };
}

/** Id of a public key: the first 128 bits of SHA-256 over its SPKI form, in hexadecimal. */
export function keyIdOf(key: KeyObject): string {
  const spki = key.export({ format: "der", type: "spki" });
  return createHash("sha256").update(spki).digest("hex").slice(0, 32);
}

function privateKeyOf(base64: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(base64, "base64"), format: "der", type: "pkcs8" });
}

function makeFile(file: string): void {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const id = keyIdOf(publicKey);
  const text = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    // wx: of two processes that start together, one makes the file and both read it.
    fs.writeFileSync(file, `${JSON.stringify({ current: id, keys: { [id]: text } }, null, 2)}\n`, {
      mode: 0o600,
      flag: "wx",
    });
  } catch (cause) {
    if (!fs.existsSync(file))
      throw new AppError("internal", "The signing keys cannot be written.", { cause });
  }
}
