import { unescapeValue } from "./escapes";
import { isHeader } from "./parse";
import { readSeparators, type Separators } from "./separators";

/** A segment as text; its fields are split when they are asked for. */
export type LeanSegment = {
  readonly name: string;
  /** By their HL7 number: `fields()[3]` is field 3, and `fields()[0]` the name. As written, escape sequences included. */
  readonly fields: () => readonly string[];
};

/** A message of which only what is asked for is taken apart: most of a message is never looked at. */
export type LeanMessage = {
  readonly separators: Separators;
  readonly segments: readonly LeanSegment[];
};

/** Undefined where the text does not begin with a header segment, as with `parseHl7`. */
export function readLean(text: string): LeanMessage | undefined {
  const body = text.trimStart();
  if (!/^(MSH|FHS|BHS)[^A-Za-z0-9\s]./.test(body)) return undefined;
  const lines = linesOf(body);
  const separators = readSeparators(lines[0] ?? "");
  return { separators, segments: lines.map((line) => leanSegment(line, separators.field)) };
}

/** The first segment of a name. */
export function findLean(message: LeanMessage, name: string): LeanSegment | undefined {
  return message.segments.find((segment) => segment.name === name);
}

/**
 * The values of a field: repetition by repetition, component by component, sub-component by sub-component. `at` of one
 * repetition counts from 1 and answers with the plain value, undefined where it is empty or deleted (`""`).
 */
export function valuesOf(
  message: LeanMessage,
  field: string | undefined,
): readonly { readonly at: (component: number, subcomponent?: number) => string | undefined }[] {
  if (field === undefined || field === "" || field === '""') return [];
  const { separators } = message;
  return splitBy(field, separators.repetition).map((repetition) => {
    const components = splitBy(repetition, separators.component);
    return {
      at: (component, subcomponent = 1) => {
        const raw = splitBy(components[component - 1] ?? "", separators.subcomponent)[subcomponent - 1] ?? "";
        const value = unescapeValue(raw, separators).trim();
        return value === "" || value === '""' ? undefined : value;
      },
    };
  });
}

/** The plain value of one component of the first repetition of a field. */
export function firstValue(
  message: LeanMessage,
  field: string | undefined,
  component = 1,
  subcomponent = 1,
): string | undefined {
  return valuesOf(message, field)[0]?.at(component, subcomponent);
}

/** What MLLP leaves behind a message whose block was not taken off. */
const FS = "\u001c";

function linesOf(body: string): readonly string[] {
  // By the one mark that most senders end lines with: a regular expression takes three times as long.
  const parts = body.includes("\n") ? body.split(/[\r\n]+/) : body.split("\r");
  return parts.filter((line) => line !== "" && line !== FS);
}

function leanSegment(line: string, separator: string): LeanSegment {
  const end = line.indexOf(separator);
  const name = end < 0 ? line : line.slice(0, end);
  let split: readonly string[] | undefined;
  return {
    name,
    fields: () => {
      split ??= isHeader(name) ? [name, separator, ...line.split(separator).slice(1)] : line.split(separator);
      return split;
    },
  };
}

function splitBy(text: string, separator: string): readonly string[] {
  return separator === "" || !text.includes(separator) ? [text] : text.split(separator);
}
