import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { type KeyRing, keyById, keyRing } from "./key-ring";

const magic = Buffer.from("SGBX1");
const chunkBytes = 1 << 20;
const tagBytes = 16;

/**
 * Encrypts a stream in chunks of 1 MiB with AES-256-GCM. Layout: magic, key id length (1 byte), key id, nonce prefix
 * (7 bytes), then chunks of length (4 bytes) + ciphertext + tag. The nonce of a chunk is prefix, counter (4 bytes)
 * and a last-chunk mark (the STREAM construction), so that chunks can be neither cut off, swapped nor repeated.
 */
export async function* sealStream(
  source: AsyncIterable<Uint8Array>,
  ring: KeyRing = keyRing(),
): AsyncGenerator<Buffer> {
  const prefix = randomBytes(7);
  const keyId = Buffer.from(ring.current);
  const key = keyById(ring, ring.current);
  yield Buffer.concat([magic, Buffer.from([keyId.length]), keyId, prefix]);
  let counter = 0;
  let held: Buffer = Buffer.alloc(0);
  for await (const part of source) {
    held = Buffer.concat([held, part]);
    while (held.length > chunkBytes) {
      yield sealChunk({
        key,
        nonce: nonceOf({ prefix, counter, isLast: false }),
        plain: held.subarray(0, chunkBytes),
      });
      held = held.subarray(chunkBytes);
      counter += 1;
    }
  }
  yield sealChunk({ key, nonce: nonceOf({ prefix, counter, isLast: true }), plain: held });
}

/** Decrypts what sealStream made. @throws AppError bad_request when it was changed, cut off or is no such stream */
export async function* openStream(
  source: AsyncIterable<Uint8Array>,
  ring: KeyRing = keyRing(),
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  if (!(await reader.take(magic.length)).equals(magic)) throw damaged("not a Signalbox backup");
  const idLength = (await reader.take(1)).readUInt8(0);
  const keyId = (await reader.take(idLength)).toString();
  const prefix = await reader.take(7);
  const key = keyById(ring, keyId);
  for (let counter = 0; ; counter += 1) {
    const length = (await reader.take(4)).readUInt32BE(0);
    if (length > chunkBytes + tagBytes || length < tagBytes)
      throw damaged("a chunk has an impossible length");
    const sealed = await reader.take(length);
    const isLast = await reader.atEnd();
    yield openChunk({ key, nonce: nonceOf({ prefix, counter, isLast }), sealed });
    if (isLast) return;
  }
}

function nonceOf(of: {
  readonly prefix: Buffer;
  readonly counter: number;
  readonly isLast: boolean;
}): Buffer {
  const nonce = Buffer.alloc(12);
  of.prefix.copy(nonce);
  nonce.writeUInt32BE(of.counter, 7);
  nonce.writeUInt8(of.isLast ? 1 : 0, 11);
  return nonce;
}

function sealChunk(of: { readonly key: Buffer; readonly nonce: Buffer; readonly plain: Buffer }): Buffer {
  const cipher = createCipheriv("aes-256-gcm", of.key, of.nonce);
  const body = Buffer.concat([cipher.update(of.plain), cipher.final(), cipher.getAuthTag()]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function openChunk(of: { readonly key: Buffer; readonly nonce: Buffer; readonly sealed: Buffer }): Buffer {
  const split = of.sealed.length - tagBytes;
  try {
    const decipher = createDecipheriv("aes-256-gcm", of.key, of.nonce).setAuthTag(of.sealed.subarray(split));
    return Buffer.concat([decipher.update(of.sealed.subarray(0, split)), decipher.final()]);
  } catch (cause) {
    throw damaged("a chunk was changed, moved or cut off", cause);
  }
}

function damaged(what: string, cause?: unknown): AppError {
  return new AppError("bad_request", "The backup file is damaged or was made with another key.", {
    cause,
    info: { what },
  });
}

/** Hands out exact numbers of bytes of a stream, and can look whether it has ended. */
export class ByteReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [this.held];
    let length = this.held.length;
    while (length < count) {
      const next = await this.iterator.next();
      if (next.done) throw damaged("it ends too early");
      parts.push(Buffer.from(next.value));
      length += next.value.length;
    }
    const all = Buffer.concat(parts);
    this.held = all.subarray(count);
    return all.subarray(0, count);
  }

  async atEnd(): Promise<boolean> {
    while (this.held.length === 0) {
      const next = await this.iterator.next();
      if (next.done) return true;
      this.held = Buffer.from(next.value);
    }
    return false;
  }
}
