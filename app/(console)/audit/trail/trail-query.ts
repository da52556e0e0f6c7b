import type { PanelState } from "@/components/ui/panel";
import { parseTrailFilter, type TrailFilter, type TrailSort } from "@/lib/core/audit/trail-filter";
import { hrefOf } from "@/lib/core/href";
import { type PageCursor, parseCursor, printCursor } from "@/lib/core/message/delivery-place";
import { printInstant } from "@/lib/core/time/range";
import type { SearchParams } from "@/lib/core/time/range-query";
import type { TrailPage } from "@/lib/services/own-audit/list-trail";
import { oneParam } from "../../one-param";
import type { PageTime } from "../../page-time";
import { readTrailSort } from "./report-query";

/** Filter, order, page and opened line as they stand in the address. */
export function readTrailQuery(params: SearchParams) {
  const line = oneParam(params, OPENED);
  return {
    filter: parseTrailFilter(params),
    sort: readTrailSort(params),
    cursor: parseCursor(oneParam(params, "cursor") ?? ""),
    line: line !== undefined && /^[1-9]\d{0,17}$/.test(line) ? line : undefined,
  };
}

export type TrailLinks = ReturnType<typeof trailLinks>;

/** Addresses of what lies around this page; all keep filter, order and time range. */
export function trailLinks(of: {
  readonly filter: TrailFilter;
  readonly sort: TrailSort;
  readonly cursor: PageCursor | undefined;
  readonly time: PageTime;
}) {
  const sort = { sort: of.sort.key, direction: of.sort.direction };
  const kept = [of.time.params, of.filter, sort] as const;
  const here = { cursor: of.cursor && printCursor(of.cursor) };
  const { from, to } = of.time.range;
  const file = (name: string) =>
    hrefOf(`/audit/trail/${name}`, of.filter, sort, { from: printInstant(from), to: printInstant(to) });
  return {
    here: hrefOf(PATH, ...kept, here),
    page: (cursor: PageCursor | undefined) =>
      cursor && hrefOf(PATH, ...kept, { cursor: printCursor(cursor) }),
    line: (id: string) => hrefOf(PATH, ...kept, here, { [OPENED]: id }),
    sorted: (key: string, direction: string) =>
      hrefOf(PATH, of.time.params, of.filter, { sort: key, direction }),
    csv: file("trail.csv"),
    ndjson: file("trail.ndjson"),
  };
}

/** What is said where no line is, and why. */
export function trailState({ rows, searchedBackTo }: TrailPage): PanelState {
  if (rows.length > 0) return { kind: "ready" };
  if (searchedBackTo) {
    return { kind: "empty", title: "Nothing found so far.", why: "“Older” goes on searching." };
  }
  return {
    kind: "empty",
    title: "No line of the trail in this time.",
    why: "Widen the time range, or clear a filter.",
  };
}

const PATH = "/audit/trail";
const OPENED = "line";
