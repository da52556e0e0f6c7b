/** The value of a table for a word from outside: `__proto__` and its like are in no table. */
export function ownValue<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}
