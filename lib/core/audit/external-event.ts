import { parsePlace, printPlace } from "../message/delivery-place";
import { auditActions, auditOutcomes } from "../message/schema";
import type { SearchParams } from "../time/range-query";
import type { AuditAction } from "./leaf";

/** Where one audit event of a source is stored. */
export type EventPlace = { readonly sourceId: number; readonly at: Date; readonly id: string };

/** "<source>.<at, epoch ms>.<id>": an event's name in the address bar. */
export function printEventPlace({ sourceId, at, id }: EventPlace): string {
  return printPlace({ legId: sourceId, receivedAt: at, id });
}

/** Reads what printEventPlace wrote; undefined for anything else. */
export function parseEventPlace(text: string): EventPlace | undefined {
  const place = parsePlace(text);
  return place && { sourceId: place.legId, at: place.receivedAt, id: place.id };
}

export type AuditOutcome = (typeof auditOutcomes)[number];

/** Which audit events a list shows, besides its time range. Undefined = any. */
export type AuditFilter = {
  readonly sourceId?: number;
  /** Part of a person's name, in any case. */
  readonly person?: string;
  /** Part of what the engine calls the event. */
  readonly event?: string;
  readonly action?: AuditAction;
  readonly outcome?: AuditOutcome;
  /** Part of the name or id of what was acted on. */
  readonly object?: string;
  /** Also what our own polling left in the engine's log. */
  readonly own?: "shown";
};

/** Reads a filter from a page's search parameters; what cannot be read counts as absent. */
export function parseAuditFilter(params: SearchParams): AuditFilter {
  const text = (name: string) => {
    const raw = params[name];
    const value = (typeof raw === "string" ? raw : raw?.[0])?.trim().slice(0, 100);
    return value ? value : undefined;
  };
  const source = text("source");
  const given = {
    sourceId: source && /^[1-9]\d{0,8}$/.test(source) ? Number(source) : undefined,
    person: text("person"),
    event: text("event"),
    action: auditActions.find((action) => action === text("action")),
    outcome: auditOutcomes.find((outcome) => outcome === text("outcome")),
    object: text("object"),
    own: text("own") === "shown" ? ("shown" as const) : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The inverse of parseAuditFilter. */
export function printAuditFilter(filter: AuditFilter): Readonly<Record<string, string | undefined>> {
  const { sourceId, ...rest } = filter;
  return { ...rest, source: sourceId?.toString() };
}
