import type { Dataset, DicomElement } from "@/lib/core/formats/dicom/dataset";
import { isKeyword, tagOf, vrOfTag } from "@/lib/core/formats/dicom/vocabulary";

/**
 * Reads the DICOM JSON model (PS3.18, F): a list of data sets, or one. Undefined for text that is not JSON of that kind.
 * What no element can be is left out; sequences within sequences are followed to a bounded depth, lists to a bounded length.
 */
export function readDicomJson(text: string): readonly Dataset[] | undefined {
  const value = parseJson(text);
  if (Array.isArray(value)) {
    if (value.length > MAX_DATASETS || !value.every(isRecord)) return undefined;
    return value.filter(isRecord).map((object) => datasetOf(object, 0));
  }
  return isRecord(value) ? [datasetOf(value, 0)] : undefined;
}

/** Reads one data set that was parsed as JSON already; undefined for what is none. */
export function readDataset(value: unknown): Dataset | undefined {
  return isRecord(value) ? datasetOf(value, 0) : undefined;
}

/** Reads what an Orthanc server gives of a resource: a plain object of keywords and texts. Others are left out. */
export function readKeywords(fields: Readonly<Record<string, unknown>>): Dataset {
  const dataset = new Map<string, DicomElement>();
  for (const [keyword, value] of Object.entries(fields)) {
    if (!isKeyword(keyword) || typeof value !== "string") continue;
    const tag = tagOf(keyword);
    const texts = value.slice(0, MAX_TEXT).split("\\").slice(0, MAX_VALUES);
    dataset.set(tag, { vr: vrOfTag(tag) ?? "UN", texts, items: [] });
  }
  return dataset;
}

/** More than any search is answered with at once. */
const MAX_DATASETS = 10_000;
const MAX_DEPTH = 6;
const MAX_VALUES = 10_000;
const MAX_TEXT = 65_536;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The text is no JSON: the only reason for which it throws.
    return undefined;
  }
}

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function datasetOf(object: Json, depth: number): Dataset {
  const dataset = new Map<string, DicomElement>();
  for (const [name, value] of Object.entries(object)) {
    const tag = name.toUpperCase();
    if (/^[0-9A-F]{8}$/.test(tag) && isRecord(value)) dataset.set(tag, elementOf(value, { tag, depth }));
  }
  return dataset;
}

function elementOf(element: Json, at: { readonly tag: string; readonly depth: number }): DicomElement {
  const given = element["vr"];
  // A representation of another kind than two letters is as good as none: then the dictionary tells.
  const isVr = typeof given === "string" && /^[A-Z]{2}$/.test(given);
  const vr = isVr ? given : (vrOfTag(at.tag) ?? "UN");
  const listed = element["Value"];
  // One value that is not in a list is no model of the standard, but is sent by some.
  const values = (Array.isArray(listed) ? listed : listed == null ? [] : [listed]).slice(0, MAX_VALUES);
  if (vr !== "SQ") return { vr, texts: values.map(valueText), items: [] };
  const items = at.depth < MAX_DEPTH ? values.filter(isRecord) : [];
  return { vr, texts: [], items: items.map((item) => datasetOf(item, at.depth + 1)) };
}

/** Names come as their groups (PS3.18, F.2.2), numbers as numbers or as texts, an empty value as null. */
function valueText(value: unknown): string {
  if (typeof value === "string") return value.slice(0, MAX_TEXT);
  if (typeof value === "number") return String(value);
  if (!isRecord(value)) return "";
  const groups = [value["Alphabetic"], value["Ideographic"], value["Phonetic"]];
  return groups
    .map((group) => (typeof group === "string" ? group.slice(0, MAX_TEXT) : ""))
    .join("=")
    .replace(/={1,2}$/, "");
}
