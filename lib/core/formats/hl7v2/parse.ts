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
  return { separators, segments: segmentsOf(body, separators), before, after };
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

/** Line by line, each with its end. By hand: a regular expression takes several times as long. */
function segmentsOf(body: string, separators: Separators): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  let [cr, lf] = [body.indexOf("\r"), body.indexOf("\n")];
  while (at < body.length) {
    if (cr >= 0 && cr < at) cr = body.indexOf("\r", at);
    if (lf >= 0 && lf < at) lf = body.indexOf("\n", at);
    const end = cr < 0 ? lf : lf < 0 ? cr : Math.min(cr, lf);
    if (end < 0) {
      segments.push(parseSegment({ text: body.slice(at), ending: "" }, separators));
      break;
    }
    const ending = end === cr ? (lf === cr + 1 ? "\r\n" : "\r") : "\n";
    segments.push(parseSegment({ text: body.slice(at, end), ending }, separators));
    at = end + ending.length;
  }
  return segments;
}

/** Fields are taken apart when they are first asked for: of a large message few ever are. */
function parseSegment(
  { text, ending }: { readonly text: string; readonly ending: string },
  separators: Separators,
): Segment {
  const end = text.indexOf(separators.field);
  let fields: readonly Field[] | undefined;
  return {
    name: end < 0 ? text : text.slice(0, end),
    get fields() {
      fields ??= parseFields(text, separators);
      return fields;
    },
    ending,
  };
}

function parseFields(text: string, separators: Separators): readonly Field[] {
  const [name = "", ...rest] = text.split(separators.field);
  if (!isHeader(name) || rest.length === 0) return rest.map((field) => parseField(field, separators));
  const [encoding = "", ...values] = rest;
  return [[[[separators.field]]], [[[encoding]]], ...values.map((value) => parseField(value, separators))];
}

function printSegment({ name, fields, ending }: Segment, separators: Separators): string {
  const texts = fields.map((field) => printField(field, separators));
  const shown = isHeader(name) && texts.length > 0 ? texts.slice(1) : texts;
  return [name, ...shown].join(separators.field) + ending;
}

function parseField(text: string, { repetition, component, subcomponent }: Separators): Field {
  if (text === "") return emptyField;
  const repetitions = splitBy(text, repetition);
  const isPlain = !isIn(text, component) && !isIn(text, subcomponent);
  if (isPlain) return repetitions.map((one) => [[one]]);
  return repetitions.map((one) => splitBy(one, component).map((part) => splitBy(part, subcomponent)));
}

function printField(field: Field, { repetition, component, subcomponent }: Separators): string {
  return field.map((one) => one.map((part) => part.join(subcomponent)).join(component)).join(repetition);
}

/** Every field without a value is this one. */
export const emptyField: Field = [[[""]]];

function splitBy(text: string, separator: string): string[] {
  return isIn(text, separator) ? text.split(separator) : [text];
}

function isIn(text: string, separator: string): boolean {
  return separator !== "" && text.includes(separator);
}
