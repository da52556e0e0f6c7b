import { AppError } from "@/lib/core/errors";
import type { Histogram } from "./histogram";

/**
 * Bytes of a histogram: for each bucket in ascending order the distance to the one before and the count, both as
 * LEB128 varints. Equal histograms give equal bytes; the empty one gives none.
 */
export function encodeHistogram(histogram: Histogram): Buffer {
  const sorted = [...histogram].sort(([a], [b]) => a - b);
  const bytes = Buffer.allocUnsafe(sorted.length * (2 + MAX_COUNT_BYTES));
  let length = 0;
  let previous = 0;
  for (const [bucket, count] of sorted) {
    length = writeVarint({ bytes, at: length, value: bucket - previous });
    length = writeVarint({ bytes, at: length, value: count });
    previous = bucket;
  }
  return bytes.subarray(0, length);
}

/** The histogram of such bytes. @throws AppError internal when they end inside a number */
export function decodeHistogram(bytes: Buffer): Histogram {
  const histogram = new Map<number, number>();
  readHistogram(bytes, (bucket, count) => histogram.set(bucket, count));
  return histogram;
}

/** Calls `visit` for each bucket of encoded bytes, ascending. @throws AppError internal when they end inside a number */
export function readHistogram(bytes: Buffer, visit: (bucket: number, count: number) => void): void {
  let bucket = 0;
  let isBucket = true;
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) continue;
    if (isBucket) bucket += value;
    else visit(bucket, value);
    isBucket = !isBucket;
    value = 0;
    scale = 1;
  }
  if (!isBucket || scale !== 1) throw new AppError("internal", "A stored histogram is cut off.");
}

/** Counts are safe integers: 53 bits in groups of seven. */
const MAX_COUNT_BYTES = 8;

function writeVarint(write: { readonly bytes: Buffer; readonly at: number; readonly value: number }): number {
  let { at, value } = write;
  while (value >= 128) {
    write.bytes[at++] = (value % 128) | 0x80;
    value = Math.floor(value / 128);
  }
  write.bytes[at++] = value;
  return at;
}
