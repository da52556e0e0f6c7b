/**
 * Keeps answers about the past for a short while in this process. The past hardly changes, and a page that refreshes
 * every 15 s would ask for the same five weeks each time. A failed question is not kept.
 */
export function remember<T>({ ttlMs, size }: { readonly ttlMs: number; readonly size: number }) {
  const kept = new Map<string, { readonly untilMs: number; readonly value: Promise<T> }>();
  return (key: string, nowMs: number, ask: () => Promise<T>): Promise<T> => {
    const known = kept.get(key);
    if (known !== undefined && known.untilMs > nowMs) return known.value;
    const value = ask();
    kept.delete(key);
    kept.set(key, { untilMs: nowMs + ttlMs, value });
    value.catch(() => kept.delete(key));
    const oldest = kept.keys().next().value;
    if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
