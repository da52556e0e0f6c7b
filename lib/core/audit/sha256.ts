import { hash } from "node:crypto";

/** SHA-256 in one call, without a stream object: a trail is millions of small hashes. 32 bytes. */
export function sha256(data: string | Uint8Array): Buffer {
  return hash("sha256", data, "buffer");
}
