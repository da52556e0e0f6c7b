import { AppError } from "@/lib/core/errors";

/**
 * Bytes of a histogram: for each bucket with a count, ascending, the distance to the one before and the count, both as
 * LEB128 varints. Equal histograms give equal bytes; the empty one gives none. `counts` is indexed by bucket; counts
 * are whole numbers from 0 to 2^53 − 1.
 */
export function encodeHistogram(counts: ArrayLike<number>): Buffer {
  const buckets: number[] = [];
  for (let bucket = 0; bucket < counts.length; bucket++) if (counts[bucket]) buckets.push(bucket);
  return encodeBuckets(buckets, counts);
}

/** As encodeHistogram, for a caller who knows which buckets have a count: these, ascending, each once. */
export function encodeBuckets(buckets: readonly number[], counts: ArrayLike<number>): Buffer {
  const bytes = Buffer.allocUnsafe(buckets.length * MAX_ENTRY_BYTES);
  let length = 0;
  let previous = 0;
  for (const bucket of buckets) {
    length = writeVarint({ bytes, at: length, value: bucket - previous });
    length = writeVarint({ bytes, at: length, value: counts[bucket] ?? 0 });
    previous = bucket;
  }
  return Buffer.from(bytes.subarray(0, length));
}

/** Calls `visit` for each bucket of encoded bytes, ascending. @throws AppError internal when they end inside a number */
export function readHistogram(bytes: Buffer, visit: (bucket: number, count: number) => void): void {
  let bucket = 0;
  let isBucket = true;
  let value = 0;
  let scale = 1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte >= 0x80) {
      scale *= 128;
      continue;
    }
    if (isBucket) bucket += value;
    else visit(bucket, value);
    isBucket = !isBucket;
    value = 0;
    scale = 1;
  }
  if (!isBucket || scale !== 1) throw new AppError("internal", "A stored histogram is cut off.");
}

/** Two bytes of distance (up to 3,071) and eight of count (53 bits in groups of seven). */
const MAX_ENTRY_BYTES = 10;

function writeVarint(write: { readonly bytes: Buffer; readonly at: number; readonly value: number }): number {
  let { at, value } = write;
  while (value >= 128) {
    write.bytes[at++] = (value % 128) | 0x80;
    value = Math.floor(value / 128);
  }
  write.bytes[at++] = value;
  return at;
}
