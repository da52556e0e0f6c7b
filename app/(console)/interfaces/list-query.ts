import { type HealthLevel, healthLevels } from "@/lib/core/interface/problem";
import type { SearchParams } from "@/lib/core/time/range-query";
import { type InterfaceSort, interfaceSortKeys } from "@/lib/services/interfaces/sort-interfaces";
import { oneOfParam, oneParam } from "../one-param";

/** The list's filters as they stand in the address. */
export type ListFilter = {
  readonly text?: string;
  readonly level?: HealthLevel;
  readonly source?: string;
  readonly messageClass?: string;
  readonly department?: string;
};

/** Reads filters and sort from the address; what cannot be read counts as absent. */
export function readListQuery(params: SearchParams): {
  readonly filter: ListFilter;
  readonly sort: { readonly sort: InterfaceSort["key"]; readonly direction: InterfaceSort["direction"] };
} {
  const given = {
    text: oneParam(params, "text"),
    level: oneOfParam(params, "level", healthLevels),
    source: oneParam(params, "source"),
    messageClass: oneParam(params, "messageClass"),
    department: oneParam(params, "department"),
  };
  return {
    filter: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    sort: {
      sort: oneOfParam(params, "sort", interfaceSortKeys) ?? "health",
      direction: oneOfParam(params, "direction", ["asc", "desc"]) ?? "desc",
    },
  };
}
