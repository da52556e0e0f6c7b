/**
 * Orders versions by their numbers: "4.4.1" > "4.4" > "4.3.12"; what is missing counts as 0, words behind a number are
 * left out. Undefined where either holds no number: what cannot be read is not judged.
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (left === undefined || right === undefined) return undefined;
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

function numbersOf(version: string): readonly number[] | undefined {
  const found = /\d+(?:\.\d+)*/.exec(version)?.[0];
  return found?.split(".").map(Number);
}
