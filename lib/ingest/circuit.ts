/** How often in a row a stream failed, and whether trying it is held back. */
export type Circuit = {
  readonly failures: number;
  /** open: known to fail, tried once in a while. half-open: that one try is under way. */
  readonly state: "closed" | "open" | "half-open";
};

/** Failures in a row after which a circuit opens. */
export const OPEN_AFTER = 5;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

export function afterFailure({ failures }: Circuit): Circuit & { readonly state: "closed" | "open" } {
  return { failures: failures + 1, state: failures + 1 >= OPEN_AFTER ? "open" : "closed" };
}

/**
 * Milliseconds to wait before the next try: doubling from two seconds to a minute, and between half and all of that by
 * `chance` (0 to 1), so that many streams do not return at once when an engine does.
 */
export function retryDelayMs({ failures }: Circuit, chance: number): number {
  const full = Math.min(FIRST_DELAY_MS * 2 ** Math.min(Math.max(failures - 1, 0), 10), LONGEST_DELAY_MS);
  return Math.round(full / 2 + (full / 2) * chance);
}

/** The stored word as a state; a word of another release counts as closed. */
export function circuitState(word: string): Circuit["state"] {
  return word === "open" || word === "half-open" ? word : "closed";
}
