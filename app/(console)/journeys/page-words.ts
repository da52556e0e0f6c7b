import type { PanelState } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import { printStalledCursor, type StalledCursor, type StalledFilter } from "@/lib/core/journey/stalled";
import { journeyLegs } from "@/lib/core/journey/steps";
import type { SearchParams } from "@/lib/core/time/range-query";
import type { StalledPage } from "@/lib/services/journeys/list-stalled";
import { oneOfParam, oneParam } from "../one-param";

/** Reads the filter from the address; what cannot be read counts as absent. */
export function readFilter(params: SearchParams): StalledFilter {
  const leg = oneOfParam(params, "leg", journeyLegs);
  const department = short(oneParam(params, "department"));
  const modality = short(oneParam(params, "modality"));
  return { ...(leg && { leg }), ...(department && { department }), ...(modality && { modality }) };
}

/** "7 exams are stalled" */
export function countSentence({ counts }: Pick<StalledPage, "counts">): string {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return "No exam is stalled";
  return all === 1 ? "1 exam is stalled" : `${all} exams are stalled`;
}

/** What is said where no row is, and why. */
export function pageState({ rows, counts, isAnyKnown }: StalledPage): PanelState {
  if (rows.length > 0) return { kind: "ready" };
  if (!isAnyKnown) {
    return {
      kind: "no-source",
      why: "Exams appear once a source tells of orders, worklist entries, studies or reports with their accession.",
    };
  }
  if (counts.length > 0) {
    return { kind: "empty", title: "No stalled exam matches.", why: "Clear a filter." };
  }
  return {
    kind: "empty",
    title: "Every exam that is known goes on in time.",
    why: "Each leg has a time that it may take; an exam that exceeds it appears here.",
  };
}

/** Addresses of the pages beside this one. */
export function pageLinks(of: {
  readonly page: Pick<StalledPage, "previous" | "next">;
  readonly filter: StalledFilter;
  readonly params: Readonly<Record<string, string>>;
}) {
  const href = (cursor: StalledCursor | undefined) =>
    cursor && hrefOf("/journeys", of.params, { ...of.filter, cursor: printStalledCursor(cursor) });
  return { newerHref: href(of.page.previous), olderHref: href(of.page.next) };
}

function short(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= 256 ? text : undefined;
}
