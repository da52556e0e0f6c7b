import { escapeValue, unescapeValue } from "./escapes";
import { parseHl7 } from "./parse";
import { usualSeparators } from "./separators";

/** MSA-1 in original mode (HL7 table 0008): accepted; error; rejected, not to be sent again as it is. */
export type Acknowledgement = "AA" | "AE" | "AR";

/**
 * The acknowledgement of a message, in original mode (HL7 v2.9, 2.9.2.1): sender and receiver change places, MSA-2 repeats
 * MSH-10, version and processing id are the sender's. A text that is no message is answered with an empty MSA-2. With AE
 * and AR, `fault` (a code of table 0357 with its text) goes into ERR-3, or ERR-1 before version 2.5.
 */
export function acknowledge(
  message: string,
  answer: {
    readonly code: Acknowledgement;
    /** MSH-10 of the acknowledgement. */
    readonly controlId: string;
    readonly now: Date;
    readonly fault?: { readonly code: string; readonly text: string };
  },
): string {
  const header = readHeader(message);
  const { value } = header;
  const version = value(12) || "2.3";
  const trigger = header.component(9, 2);
  const msh = [
    "MSH",
    "^~\\&",
    value(5),
    value(6),
    value(3),
    value(4),
    timeOf(answer.now),
    "",
    trigger === "" ? "ACK" : `ACK^${trigger}${isSince(version, 2.4) ? "^ACK" : ""}`,
    ours(answer.controlId),
    header.component(11, 1) || "P",
    version,
  ].join("|");
  const msa = `MSA|${answer.code}|${value(10)}`;
  const segments = answer.fault === undefined ? [msh, msa] : [msh, msa, errorSegment(answer.fault, version)];
  return segments.map((segment) => `${segment}\r`).join("");
}

function errorSegment(fault: { readonly code: string; readonly text: string }, version: string): string {
  const coded = `${ours(fault.code)}^${ours(fault.text)}^HL70357`;
  return isSince(version, 2.5) ? `ERR|||${coded}|E` : `ERR|^^^${coded.replaceAll("^", "&")}`;
}

/** Fields of the MSH segment as our own delimiters write them, whatever the sender's are; "" where there is none. */
function readHeader(message: string) {
  const parsed = parseHl7(firstHeader(message));
  const header = parsed?.segments.find(({ name }) => name === "MSH");
  const again = (text: string) => ours(unescapeValue(text, parsed?.separators ?? usualSeparators));
  const components = (field: number) => header?.fields[field - 1]?.[0] ?? [];
  return {
    value: (field: number) =>
      components(field)
        .map((parts) => parts.map(again).join("&"))
        .join("^"),
    component: (field: number, component: number) => again(components(field)[component - 1]?.[0] ?? ""),
  };
}

function ours(text: string): string {
  return escapeValue(text, usualSeparators);
}

function isSince(version: string, since: number): boolean {
  return Number.parseFloat(version) >= since;
}

/** HL7 DTM in UTC: YYYYMMDDHHMMSS+0000. */
function timeOf(at: Date): string {
  return `${at.toISOString().replace(/[-:T]|\..*/g, "")}+0000`;
}

/** The line of the first MSH; what follows it is not looked at, however much it is. */
function firstHeader(message: string): string {
  const text = message.trimStart();
  return (/^MSH[^\r\n]*/.exec(text) ?? /[\r\n]MSH[^\r\n]*/.exec(text))?.[0].trimStart() ?? "";
}
