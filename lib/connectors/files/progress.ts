import type { FilesCursor, Place } from "./wire";

/** A file of the folder as it is now. */
export type FileNow = { readonly key: string; readonly name: string; readonly size: number };

/**
 * Where reading of a file goes on. From its begin where it was never seen, is shorter than what was read, or begins otherwise
 * than it did (`isSameHead`): then it was written anew under an old identity.
 */
export function placeOf(
  file: FileNow,
  known: Place | undefined,
  isSameHead: boolean,
): Pick<Place, "offset" | "columns"> {
  if (known === undefined || file.size < known.offset || !isSameHead) return { offset: 0 };
  return known.columns === undefined
    ? { offset: known.offset }
    : { offset: known.offset, columns: known.columns };
}

/** The cursor with the new place of one file, without files that are gone from the folder. */
export function withPlace(
  cursor: FilesCursor,
  of: { readonly key: string; readonly place: Place; readonly present: readonly FileNow[] },
): FilesCursor {
  const keys = new Set(of.present.map(({ key }) => key));
  const kept = Object.entries(cursor.files).filter(([key]) => keys.has(key));
  return { files: { ...Object.fromEntries(kept), [of.key]: of.place } };
}

/** Whether a name fits a pattern in which * stands for any characters. Takes time in proportion to both. */
export function fitsPattern(name: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = name.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
