/** The delimiters of one message: MSH-1 and the characters of MSH-2, in their order (HL7 v2.9, chapter 2.5.4). */
export type Separators = {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  /** Empty where MSH-2 names none: then nothing is an escape sequence. */
  readonly escapeMark: string;
  readonly subcomponent: string;
};

/** What nearly every sender uses: `|^~\&`. */
export const usualSeparators: Separators = {
  field: "|",
  component: "^",
  repetition: "~",
  escapeMark: "\\",
  subcomponent: "&",
};

/**
 * Reads the delimiters from a header segment ("MSH|^~\&|…"; FHS and BHS alike). MSH-2 may be shorter than usual: what it
 * does not name does not delimit.
 */
export function readSeparators(header: string): Separators {
  const field = header.charAt(3);
  const end = header.indexOf(field, 4);
  const [component = "", repetition = "", escapeMark = "", subcomponent = ""] = header.slice(
    4,
    end < 0 ? header.length : end,
  );
  return { field, component, repetition, escapeMark, subcomponent };
}
