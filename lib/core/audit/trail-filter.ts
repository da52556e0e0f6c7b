import { auditActions } from "../message/schema";
import type { SearchParams } from "../time/range-query";
import type { AuditAction, AuditLeaf } from "./leaf";

export const leafOutcomes = [
  "success",
  "denied",
  "failure",
] as const satisfies readonly AuditLeaf["outcome"][];

/** Which lines of our own trail a list shows, besides its time range. Undefined = any. */
export type TrailFilter = {
  /** Part of a person's name, address or id, or of the name of a system actor; in any case. */
  readonly person?: string;
  readonly action?: AuditAction;
  /** Part of the kind or id of what was acted on. */
  readonly entity?: string;
  readonly outcome?: AuditLeaf["outcome"];
};

/** What a report can be sorted by: every element of a line (ONC 170.315(d)(3)). */
export const trailSortKeys = ["at", "person", "action", "entity", "outcome"] as const;

export type TrailSort = {
  readonly key: (typeof trailSortKeys)[number];
  readonly direction: "asc" | "desc";
};

/** Newest first. */
export const newestFirst: TrailSort = { key: "at", direction: "desc" };

/** Reads a filter from a page's search parameters; what cannot be read counts as absent. */
export function parseTrailFilter(params: SearchParams): TrailFilter {
  const text = (name: string) => {
    const raw = params[name];
    const value = (typeof raw === "string" ? raw : raw?.[0])?.trim().slice(0, 100);
    return value ? value : undefined;
  };
  const given = {
    person: text("person"),
    action: auditActions.find((action) => action === text("action")),
    entity: text("entity"),
    outcome: leafOutcomes.find((outcome) => outcome === text("outcome")),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
