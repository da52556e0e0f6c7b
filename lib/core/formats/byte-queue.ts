/** Bytes that grow at one end and are taken from the other, each copied a constant number of times on average. */
export function createByteQueue() {
  let store = Buffer.alloc(4_096);
  let start = 0;
  let end = 0;
  return {
    bytes: (): Buffer => store.subarray(start, end),
    append: (chunk: Buffer): void => {
      if (end + chunk.length > store.length) {
        const kept = store.subarray(start, end);
        const size = Math.max(4_096, 2 * (kept.length + chunk.length));
        const next = Buffer.alloc(size);
        kept.copy(next);
        [store, start, end] = [next, 0, kept.length];
      }
      chunk.copy(store, end);
      end += chunk.length;
    },
    /** Answers with a copy: the store is written over. */
    take: (length: number): Buffer => {
      const taken = Buffer.from(store.subarray(start, start + length));
      start += length;
      if (start === end) [start, end] = [0, 0];
      return taken;
    },
  };
}
