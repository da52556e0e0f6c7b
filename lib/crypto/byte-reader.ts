/** Hands out a stream by numbers of bytes, and can look whether it has ended. */
export type ByteReader = {
  /** The next `count` bytes; fewer only when the stream ends before. */
  take(count: number): Promise<Buffer>;
  atEnd(): Promise<boolean>;
};

/** Reads a stream by count, each byte copied at most once. What is handed out may share memory with its chunk. */
export function readBytes(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  const next = async (): Promise<Buffer | undefined> => {
    const { done, value } = await iterator.next();
    return done ? undefined : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  };
  return {
    take: async (count) => {
      const parts: Buffer[] = [held];
      let length = held.length;
      while (length < count) {
        const part = await next();
        if (part === undefined) break;
        parts.push(part);
        length += part.length;
      }
      const all = parts.length === 1 ? held : Buffer.concat(parts, length);
      held = all.subarray(count);
      return all.subarray(0, count);
    },
    atEnd: async () => {
      while (held.length === 0) {
        const part = await next();
        if (part === undefined) return true;
        held = part;
      }
      return false;
    },
  };
}
