import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { type ByteReader, readBytes } from "./byte-reader";
import { type KeyRing, keyById, keyRing } from "./key-ring";

const magic = Buffer.from("SGBX1");
const prefixBytes = 7;
const tagBytes = 16;
const maxChunkBytes = 1 << 20;

/**
 * Encrypts a stream in chunks of 1 MiB with AES-256-GCM. Layout: magic, key id length (1 byte), key id, nonce prefix
 * (7 bytes), then chunks of length (4 bytes) + ciphertext + tag. The nonce of a chunk is prefix, counter (4 bytes)
 * and a last-chunk mark (the STREAM construction), so that chunks can be neither cut off, swapped nor repeated; the
 * header is bound to every chunk as associated data.
 */
export async function* sealStream(
  source: AsyncIterable<Uint8Array>,
  options: { readonly ring?: KeyRing; readonly chunkBytes?: number } = {},
): AsyncGenerator<Buffer> {
  const { ring = keyRing(), chunkBytes = maxChunkBytes } = options;
  const keyId = Buffer.from(ring.current);
  const prefix = randomBytes(prefixBytes);
  const header = Buffer.concat([magic, Buffer.from([keyId.length]), keyId, prefix]);
  const cipher = { key: keyById(ring, ring.current), prefix, header };
  yield header;
  let counter = 0;
  // One chunk is held back: only the end of the source tells which is the last.
  let held: Buffer | undefined;
  for await (const plain of inChunks(source, chunkBytes)) {
    if (held !== undefined) yield sealChunk(cipher, { counter: counter++, isLast: false, bytes: held });
    held = plain;
  }
  yield sealChunk(cipher, { counter, isLast: true, bytes: held ?? Buffer.alloc(0) });
}

/** Decrypts what sealStream made. @throws AppError bad_request when it was changed, cut off or is no such stream */
export async function* openStream(
  source: AsyncIterable<Uint8Array>,
  ring: KeyRing = keyRing(),
): AsyncGenerator<Buffer> {
  const reader = readBytes(source);
  const start = await taken(reader, magic.length + 1);
  if (!start.subarray(0, magic.length).equals(magic)) throw damaged("it is no Signalbox backup");
  const keyId = await taken(reader, start.readUInt8(magic.length));
  const prefix = await taken(reader, prefixBytes);
  const header = Buffer.concat([start, keyId, prefix]);
  const cipher = { key: keyNamed(ring, keyId.toString()), prefix, header };
  for (let counter = 0; ; counter += 1) {
    const length = (await taken(reader, 4)).readUInt32BE(0);
    if (length < tagBytes || length > maxChunkBytes + tagBytes)
      throw damaged("a chunk has an impossible length");
    const bytes = await taken(reader, length);
    const isLast = await reader.atEnd();
    yield openChunk(cipher, { counter, isLast, bytes });
    if (isLast) return;
  }
}

type Cipher = { readonly key: Buffer; readonly prefix: Buffer; readonly header: Buffer };
type Chunk = { readonly counter: number; readonly isLast: boolean; readonly bytes: Buffer };

/** The same bytes in chunks of exactly `size`, the last one shorter. */
async function* inChunks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  const reader = readBytes(source);
  for (let chunk = await reader.take(size); chunk.length > 0; chunk = await reader.take(size)) yield chunk;
}

function nonceOf({ prefix }: Cipher, { counter, isLast }: Chunk): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(counter, prefixBytes);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function sealChunk(of: Cipher, chunk: Chunk): Buffer {
  const cipher = createCipheriv("aes-256-gcm", of.key, nonceOf(of, chunk)).setAAD(of.header);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.bytes.length + tagBytes);
  return Buffer.concat([length, cipher.update(chunk.bytes), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(of: Cipher, chunk: Chunk): Buffer {
  const split = chunk.bytes.length - tagBytes;
  try {
    const decipher = createDecipheriv("aes-256-gcm", of.key, nonceOf(of, chunk))
      .setAAD(of.header)
      .setAuthTag(chunk.bytes.subarray(split));
    return Buffer.concat([decipher.update(chunk.bytes.subarray(0, split)), decipher.final()]);
  } catch (cause) {
    throw damaged("a chunk was changed, moved or cut off, or sealed with another key", cause);
  }
}

async function taken(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw damaged("it ends too early");
  return bytes;
}

function keyNamed(ring: KeyRing, id: string): Buffer {
  if (!ring.keys.has(id)) throw damaged("its key is not in the keys file");
  return keyById(ring, id);
}

function damaged(what: string, cause?: unknown): AppError {
  return new AppError("bad_request", "The backup file is damaged or was made with another key.", {
    cause,
    info: { what },
  });
}
