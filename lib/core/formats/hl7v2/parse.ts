import { readSeparators, type Separators } from "./separators";

/** One component: its sub-components as written, escape sequences included. */
export type Component = readonly string[];
export type Repetition = readonly Component[];
export type Field = readonly Repetition[];

export type Segment = {
  /** "PID"; whatever stood before the first delimiter. */
  readonly name: string;
  /** `fields[0]` is field 1. In MSH, FHS and BHS fields 1 and 2 are the delimiters themselves, never split. */
  readonly fields: readonly Field[];
  /** "\r" by the standard, "\n" or "\r\n" from files, "" at the end of the text. */
  readonly ending: string;
};

export type Hl7Message = {
  readonly separators: Separators;
  readonly segments: readonly Segment[];
  /** What stands around the message: a byte order mark, MLLP's VT before it, its FS CR after it. */
  readonly before: string;
  readonly after: string;
};

/**
 * Reads an HL7 v2 message or batch. Nothing is dropped or repaired: `printHl7` gives back the same text, whatever the
 * line endings. Undefined where the text does not begin with a header segment.
 */
export function parseHl7(text: string): Hl7Message | undefined {
  // \s covers VT and the byte order mark.
  const before = /^\s*/.exec(text)?.[0] ?? "";
  const after = framingEnd(text);
  const body = text.slice(before.length, text.length - after.length);
  if (!/^(MSH|FHS|BHS)[^A-Za-z0-9\s]./.test(body)) return undefined;
  const separators = readSeparators(/^[^\r\n]*/.exec(body)?.[0] ?? "");
  const segments = body.match(/[^\r\n]*(\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  return { separators, segments: segments.map((line) => parseSegment(line, separators)), before, after };
}

/** The text a message was read from. */
export function printHl7({ separators, segments, before, after }: Hl7Message): string {
  return before + segments.map((segment) => printSegment(segment, separators)).join("") + after;
}

/** True where field 1 of a segment is its own delimiter (HL7 v2.9, 2.14.9). */
export function isHeader(name: string): boolean {
  return name === "MSH" || name === "FHS" || name === "BHS";
}

function framingEnd(text: string): string {
  const at = text.lastIndexOf("\u001C");
  return at >= 0 && text.slice(at + 1).trim() === "" ? text.slice(at) : "";
}

function parseSegment(line: string, separators: Separators): Segment {
  const ending = endingOf(line);
  const text = line.slice(0, line.length - ending.length);
  const [name = "", ...rest] = text.split(separators.field);
  if (!isHeader(name) || rest.length === 0) {
    return { name, fields: rest.map((field) => parseField(field, separators)), ending };
  }
  const [encoding = "", ...values] = rest;
  const fields = [
    [[[separators.field]]],
    [[[encoding]]],
    ...values.map((value) => parseField(value, separators)),
  ];
  return { name, fields, ending };
}

/** Of a line that ends once. */
function endingOf(line: string): string {
  if (line.endsWith("\r\n")) return "\r\n";
  return line.endsWith("\r") || line.endsWith("\n") ? line.slice(-1) : "";
}

function printSegment({ name, fields, ending }: Segment, separators: Separators): string {
  const texts = fields.map((field) => printField(field, separators));
  const shown = isHeader(name) && texts.length > 0 ? texts.slice(1) : texts;
  return [name, ...shown].join(separators.field) + ending;
}

function parseField(text: string, { repetition, component, subcomponent }: Separators): Field {
  return splitBy(text, repetition).map((one) =>
    splitBy(one, component).map((part) => splitBy(part, subcomponent)),
  );
}

function printField(field: Field, { repetition, component, subcomponent }: Separators): string {
  return field.map((one) => one.map((part) => part.join(subcomponent)).join(component)).join(repetition);
}

function splitBy(text: string, separator: string): string[] {
  return separator === "" ? [text] : text.split(separator);
}
