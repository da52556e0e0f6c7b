import { quickDigest } from "../message/digest";
import type { ClinicalFact } from "./schema";

/** Equal for observations that say the same of an object, whenever and by whichever message they were made. */
export function contentDigest(fact: ClinicalFact): string {
  const { at: _, observedSeq: __, controlId: ___, ...said } = fact;
  return String(quickDigest(canonicalText(said)));
}

type Value = string | number | boolean | Date | undefined | readonly Value[] | Fields;
type Fields = { readonly [name: string]: Value };

/** What canonicalJson would make of a fact after a turn through JSON, in one pass: it runs for every fact of the hot path. */
function canonicalText(fields: Fields): string {
  let text = "";
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name];
    if (value === undefined) continue;
    text += `${text === "" ? "" : ","}"${name}":${valueText(value)}`;
  }
  return `{${text}}`;
}

function valueText(value: Value): string {
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (typeof value !== "object") return JSON.stringify(value);
  return isList(value) ? `[${value.map(valueText).join(",")}]` : canonicalText(value);
}

function isList(value: readonly Value[] | Fields): value is readonly Value[] {
  return Array.isArray(value);
}
