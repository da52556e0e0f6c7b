import type { Fault } from "../hl7v2/faults";
import { type MaskedMessage, maskHl7 } from "../hl7v2/mask";
import { parseHl7 } from "../hl7v2/parse";
import { maskJson } from "./mask-json";
import { maskShape } from "./mask-shape";
import { maskXml } from "./mask-xml";

/** A content with its structure visible and its values masked. */
export type MaskedContent =
  | { readonly kind: "hl7"; readonly message: MaskedMessage }
  | { readonly kind: "text"; readonly format: "json" | "xml" | "other"; readonly text: string };

/** Masks a content by what it is, not by what it is said to be; faults are marked in HL7 v2. */
export function maskContent(text: string, faults: readonly Fault[] = []): MaskedContent {
  const message = parseHl7(text);
  if (message) return { kind: "hl7", message: maskHl7(message, faults) };
  const json = /^\s*[[{]/.test(text) ? maskJson(text) : undefined;
  if (json !== undefined) return { kind: "text", format: "json", text: json };
  if (/^\s*</.test(text)) return { kind: "text", format: "xml", text: maskXml(text) };
  return { kind: "text", format: "other", text: maskShape(text) };
}
