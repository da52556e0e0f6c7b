import { type DeadLetter, type DeadLetterState, deadLetterStates } from "@/lib/core/dead-letter/schema";
import { hrefOf } from "@/lib/core/href";
import { type RejectReason, rejectReasons } from "@/lib/core/message/schema";
import type { SearchParams } from "@/lib/core/time/range-query";
import { oneOfParam, oneParam } from "../../one-param";

export const PAGE_SIZE = 50;

/** The page's filters as they stand in the address. */
export type LetterQuery = {
  readonly state: DeadLetterState;
  readonly sourceId: number | undefined;
  readonly reason: RejectReason | undefined;
  readonly after: { readonly lastSeen: string; readonly id: string } | undefined;
};

export const stateTitles: Readonly<Record<DeadLetterState, string>> = {
  open: "Open",
  resolved: "Resolved",
  discarded: "Discarded",
};

/** No filter by source or reason, from the first page. */
export const anyLetter = { sourceId: undefined, reason: undefined, after: undefined } as const;

/** Reads the filters from the address; what cannot be read counts as absent. */
export function readLetterQuery(params: SearchParams): LetterQuery {
  const source = Number(oneParam(params, "source"));
  const after = /^(\d{4}-[\d:.TZ-]+)~([1-9]\d{0,18})$/.exec(oneParam(params, "after") ?? "");
  return {
    state: oneOfParam(params, "state", deadLetterStates) ?? "open",
    sourceId: Number.isSafeInteger(source) && source > 0 ? source : undefined,
    reason: oneOfParam(params, "reason", rejectReasons),
    after: after?.[1] && after[2] ? { lastSeen: after[1], id: after[2] } : undefined,
  };
}

export function letterHref({ state, sourceId, reason, after }: LetterQuery): string {
  return hrefOf("/sources/dead-letters", {
    state: state === "open" ? undefined : state,
    source: sourceId,
    reason,
    after: after && `${after.lastSeen}~${after.id}`,
  });
}

/** The next page, when this one is full. */
export function olderHref(query: LetterQuery, letters: readonly DeadLetter[]): string | undefined {
  const last = letters.at(-1);
  if (last === undefined || letters.length < PAGE_SIZE) return undefined;
  return letterHref({ ...query, after: { lastSeen: last.lastSeen.toISOString(), id: last.id } });
}
