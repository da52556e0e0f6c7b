import type { PanelState } from "@/components/ui/panel";
import {
  type AuditFilter,
  type EventPlace,
  parseAuditFilter,
  parseEventPlace,
  printAuditFilter,
  printEventPlace,
} from "@/lib/core/audit/external-event";
import { hrefOf } from "@/lib/core/href";
import { type PageCursor, parseCursor, printCursor } from "@/lib/core/message/delivery-place";
import { printInstant } from "@/lib/core/time/range";
import type { SearchParams } from "@/lib/core/time/range-query";
import type { AuditPage } from "@/lib/services/external-audit/list-events";
import { oneParam } from "../one-param";
import type { PageTime } from "../page-time";

/** Filter, page and opened event as they stand in the address. */
export function readAuditQuery(params: SearchParams) {
  return {
    filter: parseAuditFilter(params),
    cursor: parseCursor(oneParam(params, "cursor") ?? ""),
    place: parseEventPlace(oneParam(params, OPENED) ?? ""),
  };
}

/** Addresses of what lies around this page; all keep filter and time range. */
export function auditLinks(of: {
  readonly filter: AuditFilter;
  readonly cursor: PageCursor | undefined;
  readonly time: PageTime;
}) {
  const kept = [of.time.params, printAuditFilter(of.filter)] as const;
  const here = { cursor: of.cursor && printCursor(of.cursor) };
  const { from, to } = of.time.range;
  return {
    here: hrefOf("/audit", ...kept, here),
    page: (cursor: PageCursor | undefined) =>
      cursor && hrefOf("/audit", ...kept, { cursor: printCursor(cursor) }),
    event: (event: EventPlace) => hrefOf("/audit", ...kept, here, { [OPENED]: printEventPlace(event) }),
    csv: hrefOf("/audit/events.csv", printAuditFilter(of.filter), {
      from: printInstant(from),
      to: printInstant(to),
    }),
  };
}

/** What is said where no event is, and why. */
export function auditState({ rows, searchedBackTo }: AuditPage): PanelState {
  if (rows.length > 0) return { kind: "ready" };
  if (searchedBackTo) {
    return { kind: "empty", title: "Nothing found so far.", why: "“Older” goes on searching." };
  }
  return {
    kind: "empty",
    title: "No audit event in this time.",
    why: "Our own polling is left out unless it is asked for. Widen the time range, or clear a filter.",
  };
}

const OPENED = "opened";
