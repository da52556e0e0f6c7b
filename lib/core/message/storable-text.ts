/** Whether PostgreSQL can keep what this JSON holds: no text in it has U+0000, or half of a surrogate pair. */
export function isStorableJson(json: string): boolean {
  return !UNSTORABLE.test(json);
}

const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
