import { createHash } from "node:crypto";

/** What was last seen of each object of a search, by its id: a short digest of its content. */
export type Seen = Readonly<Record<string, string>>;

export type Found<T> = { readonly id: string; readonly content: unknown; readonly value: T };

/**
 * Those found whose content differs from what was last seen, and what is seen now. A search has no cursor: it gives
 * everything again at each turn. `previous` is what one whole turn found; what has left the window is forgotten.
 */
export function changedOnly<T>(
  found: readonly Found<T>[],
  previous: Seen,
): { readonly changed: readonly T[]; readonly seen: Seen } {
  const digests = found.map(({ id, content }) => [id, digestOf(content)] as const);
  return {
    changed: found.flatMap(({ id, value }, index) => (previous[id] === digests[index]?.[1] ? [] : [value])),
    seen: Object.fromEntries(digests),
  };
}

function digestOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 12);
}
