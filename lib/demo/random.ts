/** Numbers in [0, 1), the same ones for the same seed. */
export type Random = () => number;

/**
 * A repeatable stream of numbers for one thing, named by its keys: two streams with different keys do not
 * influence each other, so traffic of one channel or one minute can be made without making the rest.
 */
export function seededRandom(...keys: readonly (number | string)[]): Random {
  let state = hashKeys(keys);
  return () => {
    // mulberry32: small, fast, and good enough for traffic.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a over the keys, 32 bits. */
export function hashKeys(keys: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const character of keys.join("\u001f")) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** A whole number in [from, to]. */
export function between(random: Random, [from, to]: readonly [number, number]): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** One of the choices, each as likely as its weight. */
export function pick<Choice>(random: Random, choices: readonly (readonly [Choice, number])[]): Choice {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new RangeError("Nothing to choose from.");
  return last[0];
}

/** Log-normal milliseconds around a median; `spread` is the standard deviation of the logarithm. */
export function latencyAround(
  random: Random,
  shape: { readonly medianMs: number; readonly spread: number },
): number {
  // Box–Muller; 1 - u keeps the logarithm away from zero.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(1, Math.round(shape.medianMs * Math.exp(shape.spread * normal)));
}
