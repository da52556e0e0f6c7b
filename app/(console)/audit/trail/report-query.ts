import { newestFirst, parseTrailFilter, type TrailSort, trailSortKeys } from "@/lib/core/audit/trail-filter";
import type { SearchParams } from "@/lib/core/time/range-query";
import { oneOfParam } from "../../one-param";

/** Order of the list as it stands in the address; newest first when nothing or something else stands there. */
export function readTrailSort(params: SearchParams): TrailSort {
  const key = oneOfParam(params, "sort", trailSortKeys);
  const direction = oneOfParam(params, "direction", ["asc", "desc"]);
  return key === undefined || direction === undefined ? newestFirst : { key, direction };
}

/** What the address of a file asks for. */
export function readReportQuery(search: URLSearchParams) {
  const params = Object.fromEntries(search);
  return {
    range: { from: search.get("from"), to: search.get("to") },
    filter: parseTrailFilter(params),
    sort: readTrailSort(params),
  };
}
