import { type Dataset, textOf } from "./dataset";
import type { Keyword } from "./vocabulary";

/** Parts of one spelling of a name; those that are empty are absent. */
export type NameParts = {
  readonly family?: string;
  readonly given?: string;
  readonly middle?: string;
  readonly prefix?: string;
  readonly suffix?: string;
};

/** A PN value: the same name in up to three writings (PS3.5, 6.2.1.1). */
export type PersonName = {
  readonly alphabetic?: NameParts;
  readonly ideographic?: NameParts;
  readonly phonetic?: NameParts;
};

/** Undefined where there is none, or nothing but delimiters. */
export function personNameOf(dataset: Dataset, keyword: Keyword): PersonName | undefined {
  return parsePersonName(textOf(dataset, keyword) ?? "");
}

export function parsePersonName(text: string): PersonName | undefined {
  const [alphabetic, ideographic, phonetic] = text.split("=", 3).map(parseParts);
  const name = {
    ...(alphabetic && { alphabetic }),
    ...(ideographic && { ideographic }),
    ...(phonetic && { phonetic }),
  };
  return Object.keys(name).length === 0 ? undefined : name;
}

function parseParts(group: string): NameParts | undefined {
  const [family, given, middle, prefix, suffix] = group.split("^", 5).map((part) => part.trim());
  const parts = {
    ...(family && { family }),
    ...(given && { given }),
    ...(middle && { middle }),
    ...(prefix && { prefix }),
    ...(suffix && { suffix }),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
}
