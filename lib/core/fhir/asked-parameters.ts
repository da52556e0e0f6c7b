import { groupBy } from "../group-by";

/** Parameters of a search by name, each with its values in their order: one pass, however many there are. */
export function askedParameters(asked: URLSearchParams): Readonly<Record<string, readonly string[]>> {
  const byName = groupBy(asked, ([name]) => name);
  return Object.fromEntries([...byName].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]));
}
