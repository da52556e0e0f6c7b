import { wordsOf } from "../failure/text-words";

/** Error texts are kept at most this long. */
export const MAX_ERROR_TEXT_LENGTH = 2_000;

/**
 * Removes from an engine's error text what may identify a patient and keeps what tells the fault: exception classes,
 * HTTP and acknowledgement codes, segment and field names, file and line positions of code. Replaced parts are shown
 * as ‹…› with their kind, so that a reader sees that something stood there.
 */
export function scrubErrorText(text: string): string {
  const head = text.slice(0, LONGEST_READ).replaceAll("\u0000", "\ufffd");
  const codes: string[] = [];
  const held = head
    .replace(/[\ue000\ue001]/g, "\ufffd")
    .replace(ACKNOWLEDGEMENT, keptOfSegment)
    .replace(CODE, (code) => {
      // Three digits at most: four would be taken for an identifier.
      if (codes.length === 999) return code;
      return `\ue000${codes.push(code)}\ue001`;
    });
  const scrubbed = rules.reduce((left, { pattern, put }) => left.replace(pattern, put), held);
  return scrubbed
    .replace(/\ue000(\d{1,3})\ue001/g, (_, number: string) => codes[Number(number) - 1] ?? "")
    .slice(0, MAX_ERROR_TEXT_LENGTH);
}

/** What looks like an identifier and is none: codes of Oracle, SQL and DICOM, constraints, numbers of tables of HL7. */
const CODE =
  /\bORA-\d{5}\b|\bSQLSTATE\W{0,3}\d[0-9A-Z]{4}\b|\b0x[0-9A-Fa-f]{4}\b|"[a-z][a-z0-9_]{0,60}_(?:pkey|fkey|key|idx|check)"|\bHL70\d{3}\b|(?<=\b[Tt]able )0\d{3}\b|\((?=[0-9A-Fa-f,\s]{0,9}\d)[0-9A-Fa-f]{4},\s?[0-9A-Fa-f]{4}\)|'[A-Z][A-Z0-9]{2}\.\d{1,2}(?:\.\d{1,2})?'/g;

/** Segments of an acknowledgement in HL7 v2, each with all behind its name. */
const ACKNOWLEDGEMENT = /\b(ERR|MSA)\|(?!(?:[AC][AER]\|)?‹)([^\r\n]*)/g;

/**
 * Of an acknowledgement stay its code (MSA-1), the place and code of a fault (ERR-2 or ERR-1 of old, ERR-3), and what the
 * receiver says, as far as its words are of machines.
 */
function keptOfSegment(_: string, name: string, fields: string): string {
  const ack = /^[AC][AER](?=\||$)/.exec(fields)?.[0];
  const place = /(?:^|\|)([A-Z][A-Z0-9]{2})\^\d{0,2}\^(\d{1,2})(?=[\^|~]|$)/.exec(fields);
  const code = /[|^](1\d\d|20\d)(?=[\^&|]|$)/.exec(fields)?.[1];
  const head = name === "MSA" && ack !== undefined ? `MSA|${ack}|‹fields›` : `${name}|‹fields›`;
  const words = wordsOf(fields).filter((word) => word.length > 2 && word !== place?.[1]?.toLowerCase());
  return [head, place && `${place[1]}-${place[2]}`, code && `code ${code}`, ...words]
    .filter(Boolean)
    .join(" ");
}

/** Rules may shorten a text, so somewhat more is read than is kept. */
const LONGEST_READ = 4 * MAX_ERROR_TEXT_LENGTH;

type Rule = { readonly pattern: RegExp; readonly put: string };

// Order matters: whole segments before their parts, dates before plain numbers.
const rules: readonly Rule[] = [
  // HL7 v2: everything behind the name of a segment, up to the end of the line (segments end with CR).
  { pattern: /\b([A-Z][A-Z0-9]{2})\|(?!(?:[AC][AER]\|)?‹fields›)[^\r\n]*/g, put: "$1|‹fields›" },
  { pattern: /[^\s"'|<>]*\^[^\s"'|<>]*(?:\^[^\s"'|<>]*)*/g, put: "‹components›" },
  // Quoted values: a fault quotes the datum it tripped over. Single words of code such as 'null' say nothing of a patient.
  { pattern: /"(?!(?:null|true|false|undefined)")[^"\r\n]{1,400}"/g, put: '"‹value›"' },
  {
    pattern: /(?<![\p{L}\p{N}])'(?!(?:null|true|false|undefined)')[^'\r\n]{1,400}'(?![\p{L}\p{N}])/gu,
    put: "'‹value›'",
  },
  { pattern: /<([A-Za-z][\w:.-]*)([^<>]*)>[^<>]+<\/\1>/g, put: "<$1>‹value›</$1>" },
  { pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, put: "‹address›" },
  // What a label announces: name, patient, MRN, date of birth, accession, insurance number …
  {
    pattern:
      /\b(patient(?:[ _-]?(?:name|id))?|(?:last|first|family|given|maiden)[ _-]?name|name|mrn|dob|birth[ _-]?date|date of birth|ssn|accession(?:[ _-]?number)?|visit|account|phone|address)\b(\s*[:=]\s*)[^\r\n;|]{1,200}/gi,
    put: "$1$2‹value›",
  },
  { pattern: /\b([Pp]atient|PATIENT)\s+(?:\p{Lu}[\p{L}'’-]+[ ,]*){1,4}/gu, put: "$1 ‹value› " },
  // One separator twice and no fourth part: an IPv4 address stays.
  {
    pattern: /(?<![\d.])\d{1,4}([-./])\d{1,2}\1\d{1,4}(?!\.?\d)(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?/g,
    put: "‹date›",
  },
  // Tokens that mix letters with four digits or more, and numbers of four digits or more: identifiers of any kind.
  {
    pattern: /(?<![\p{L}\p{N}.])(?=[\p{L}\p{N}_-]*\d{4})[\p{L}\p{N}_-]{4,}(?![\p{L}\p{N}])/gu,
    put: "‹number›",
  },
  { pattern: /\d{4,}/g, put: "‹number›" },
  { pattern: /(?<![\w/=+.-])[A-Za-z0-9+/=_-]{40,}(?![\w/=+.-])/g, put: "‹token›" },
];
