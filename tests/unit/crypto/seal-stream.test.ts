import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyRing } from "@/lib/crypto/key-ring";
import { openStream, sealStream } from "@/lib/crypto/seal-stream";

const ring: KeyRing = { current: "k2", keys: new Map([["k2", Buffer.alloc(32, 7)]]) };
const headerBytes = 5 + 1 + 2 + 7;
const chunkBytes = 16;
/** Length, ciphertext and tag of a full chunk. */
const sealedChunkBytes = 4 + chunkBytes + 16;

async function* pieces(all: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...cuts.map((cut) => cut % (all.length + 1)), 0, all.length].toSorted((a, b) => a - b);
  for (const [index, place] of places.entries()) yield all.subarray(places[index - 1] ?? 0, place);
}

async function joined(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

function sealed(plain: Uint8Array, options: { readonly ring?: KeyRing } = {}): Promise<Buffer> {
  return joined(sealStream(pieces(plain, []), { ring, chunkBytes, ...options }));
}

function opened(bytes: Uint8Array, keys: KeyRing = ring): Promise<Buffer> {
  return joined(openStream(pieces(bytes, []), keys));
}

function chunk(bytes: Buffer, index: number): Buffer {
  const start = headerBytes + index * sealedChunkBytes;
  return bytes.subarray(start, start + sealedChunkBytes);
}

const refused = { name: "AppError", code: "bad_request" };
const threeChunks = Buffer.from("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH");

describe("a sealed stream", () => {
  test("gives the same bytes back, however they and the sealed bytes were split", async () => {
    const splits = fc.array(fc.nat(), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        splits,
        splits,
        fc.integer({ min: 1, max: 64 }),
        async (plain, plainCuts, sealedCuts, size) => {
          const bytes = await joined(sealStream(pieces(plain, plainCuts), { ring, chunkBytes: size }));
          const back = await joined(openStream(pieces(bytes, sealedCuts), ring));
          expect(back.equals(Buffer.from(plain))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("gives back more than one chunk of the usual size", async () => {
    const plain = Buffer.alloc(2_500_000, "signalbox");
    const bytes = await joined(sealStream(pieces(plain, [1_000, 70_000, 1_048_576]), { ring }));
    expect((await opened(bytes)).equals(plain)).toBe(true);
  });

  test("shows nothing of what it holds", async () => {
    expect((await sealed(threeChunks)).includes("0123456789")).toBe(false);
  });

  test("is refused when it was cut off, wherever", async () => {
    const bytes = await sealed(threeChunks);
    for (let length = 0; length < bytes.length; length += 1) {
      await expect(opened(bytes.subarray(0, length))).rejects.toMatchObject(refused);
    }
  });

  test("is refused when a bit was changed, wherever", async () => {
    const bytes = await sealed(threeChunks);
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((bytes.readUInt8(place) ^ 1) & 0xff, place);
      await expect(opened(changed)).rejects.toMatchObject(refused);
    }
  });

  test.each<{ readonly what: string; readonly change: (bytes: Buffer) => readonly Buffer[] }>([
    {
      what: "two chunks were swapped",
      change: (bytes) => [
        bytes.subarray(0, headerBytes),
        chunk(bytes, 1),
        chunk(bytes, 0),
        bytes.subarray(headerBytes + 2 * sealedChunkBytes),
      ],
    },
    {
      what: "a chunk stands there twice",
      change: (bytes) => [bytes.subarray(0, headerBytes), chunk(bytes, 0), bytes.subarray(headerBytes)],
    },
    {
      what: "a chunk was taken out",
      change: (bytes) => [bytes.subarray(0, headerBytes), bytes.subarray(headerBytes + sealedChunkBytes)],
    },
    { what: "something was added", change: (bytes) => [bytes, Buffer.from([0])] },
    {
      what: "its last chunk stands there again",
      change: (bytes) => [bytes, bytes.subarray(headerBytes + 2 * sealedChunkBytes)],
    },
  ])("is refused when $what", async ({ change }) => {
    await expect(opened(Buffer.concat([...change(await sealed(threeChunks))]))).rejects.toMatchObject(
      refused,
    );
  });

  test("is refused when a chunk comes from another stream of the same key", async () => {
    const [one, other] = [await sealed(threeChunks), await sealed(threeChunks)];
    const mixed = Buffer.concat([one.subarray(0, headerBytes), other.subarray(headerBytes)]);
    await expect(opened(mixed)).rejects.toMatchObject(refused);
  });

  test("is refused with another key of the same name, and where its key is missing", async () => {
    const bytes = await sealed(threeChunks);
    const otherKey: KeyRing = { current: "k2", keys: new Map([["k2", Buffer.alloc(32, 8)]]) };
    const otherName: KeyRing = { current: "k1", keys: new Map([["k1", Buffer.alloc(32, 7)]]) };
    await expect(opened(bytes, otherKey)).rejects.toMatchObject(refused);
    await expect(opened(bytes, otherName)).rejects.toMatchObject(refused);
  });

  test("opens with an older key of the ring", async () => {
    const bytes = await sealed(threeChunks);
    const rotated: KeyRing = { current: "k3", keys: new Map([...ring.keys, ["k3", Buffer.alloc(32, 9)]]) };
    expect((await opened(bytes, rotated)).equals(threeChunks)).toBe(true);
  });
});
