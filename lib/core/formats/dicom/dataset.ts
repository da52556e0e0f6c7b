import { type Keyword, tagOf } from "./vocabulary";

/**
 * One element: its values as texts, as DICOM itself writes them (a name in up to three groups by `=`, PS3.5, 6.2.1), or the
 * data sets of a sequence. A value that is empty is "", so that places are kept.
 */
export type DicomElement = {
  readonly vr: string;
  readonly texts: readonly string[];
  readonly items: readonly Dataset[];
};

/** Elements by tag of eight hexadecimal digits, in upper case. */
export type Dataset = ReadonlyMap<string, DicomElement>;

/** The first value, without padding; undefined where there is none or it is empty. */
export function textOf(dataset: Dataset, keyword: Keyword): string | undefined {
  return textsOf(dataset, keyword)[0];
}

/** All values that are not empty. Padding to even length is NUL or blank (PS3.5, 6.2). */
export function textsOf(dataset: Dataset, keyword: Keyword): readonly string[] {
  const texts = dataset.get(tagOf(keyword))?.texts ?? [];
  return texts.map((text) => text.replaceAll("\u0000", "").trim()).filter((text) => text !== "");
}

/** IS and the integers of the JSON model. Undefined for anything else: a count is never guessed. */
export function integerOf(dataset: Dataset, keyword: Keyword): number | undefined {
  const text = textOf(dataset, keyword);
  const value = text !== undefined && /^[+-]?\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A UID: digits and points, at most 64 (PS3.5, 9.1). */
export function uidOf(dataset: Dataset, keyword: Keyword): string | undefined {
  const text = textOf(dataset, keyword);
  return text !== undefined && /^[0-9.]{1,64}$/.test(text) ? text : undefined;
}

/** The data sets of a sequence. */
export function itemsOf(dataset: Dataset, keyword: Keyword): readonly Dataset[] {
  return dataset.get(tagOf(keyword))?.items ?? [];
}

/** The first data set of a sequence; one without elements where there is none. */
export function firstItemOf(dataset: Dataset, keyword: Keyword): Dataset {
  return itemsOf(dataset, keyword)[0] ?? none;
}

const none: Dataset = new Map();
