import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { type KeyRing, keyById, keyRing } from "./key-ring";

/** Encrypted bytes and the id of their key. `bytes` = 12-byte nonce, ciphertext, 16-byte tag. */
export type Sealed = { readonly keyId: string; readonly bytes: Buffer };

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D). `purpose` is bound as associated data: what was sealed for one
 * purpose cannot be opened for another.
 */
export function seal(plain: Buffer | string, purpose: string, ring: KeyRing = keyRing()): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyById(ring, ring.current), nonce).setAAD(
    Buffer.from(purpose),
  );
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { keyId: ring.current, bytes: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
}

/** Decrypts and authenticates. @throws AppError internal when the bytes were changed or the purpose differs */
export function open(sealed: Sealed, purpose: string, ring: KeyRing = keyRing()): Buffer {
  const bytes = Buffer.from(sealed.bytes);
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyById(ring, sealed.keyId), bytes.subarray(0, 12))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(bytes.length - 16));
    return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]);
  } catch (cause) {
    throw new AppError("internal", "Encrypted data could not be opened.", { cause, info: { purpose } });
  }
}
