import {
  comparisons,
  isAllowedRange,
  type PresetName,
  parseInstant,
  presetNames,
  printInstant,
  type RangeQuery,
  type RangeSelection,
} from "./range";
import { isZone } from "./zone";

export const rangeParamNames = ["range", "from", "to", "zone", "compare"] as const;
export type RangeParamName = (typeof rangeParamNames)[number];
export type RangeDefaults = { readonly zone: string; readonly preset?: PresetName };

/**
 * Reads `range`, `from`, `to`, `zone` and `compare` from a page's search parameters. Links carry only explicit choices;
 * `defaults` fill the gaps. Values that cannot be read are left out and named in `ignored`, so that the page can say so.
 * `from` and `to` (ISO 8601 with offset) count only together, in order, and not longer than MAX_RANGE_MS; they win over `range`.
 */
export function parseRangeQuery(params: SearchParams, defaults: RangeDefaults): ParsedRange {
  const ignored: RangeParamName[] = [];
  const read = <T>(name: RangeParamName, parse: (text: string) => T | undefined): T | undefined => {
    const raw = params[name];
    const text = typeof raw === "string" ? raw : raw?.[0];
    if (!text) return undefined;
    const value = parse(text);
    if (value === undefined) ignored.push(name);
    return value;
  };
  const zone = read("zone", (text) => (isZone(text) ? text : undefined)) ?? defaults.zone;
  const compare = read("compare", (text) => comparisons.find((name) => name === text)) ?? "none";
  const preset = read("range", (text) => presetNames.find((name) => name === text));
  const from = read("from", parseInstant);
  const to = read("to", parseInstant);
  if (from && to && isAllowedRange({ from, to })) {
    return { query: { selection: { kind: "absolute", from, to }, zone, compare }, ignored };
  }
  for (const name of ["from", "to"] as const) {
    if (params[name] && !ignored.includes(name)) ignored.push(name);
  }
  const chosen = preset ?? defaults.preset ?? DEFAULT_PRESET;
  return { query: { selection: { kind: "preset", preset: chosen }, zone, compare }, ignored };
}
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;
export type ParsedRange = { readonly query: RangeQuery; readonly ignored: readonly RangeParamName[] };

/** The inverse of `parseRangeQuery`: only what differs from `defaults` gets into the URL. */
export function printRangeQuery(
  query: RangeQuery,
  defaults: RangeDefaults,
): Partial<Record<RangeParamName, string>> {
  const { selection, zone, compare } = query;
  return {
    ...printSelection(selection, defaults.preset ?? DEFAULT_PRESET),
    ...(zone === defaults.zone ? {} : { zone }),
    ...(compare === "none" ? {} : { compare }),
  };
}

const DEFAULT_PRESET: PresetName = "24h";

function printSelection(selection: RangeSelection, defaultPreset: PresetName) {
  switch (selection.kind) {
    case "absolute":
      return { from: printInstant(selection.from), to: printInstant(selection.to) };
    case "preset":
      return selection.preset === defaultPreset ? {} : { range: selection.preset };
  }
}
