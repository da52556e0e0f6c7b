import type { Reach } from "@/lib/core/authz/policy";
import { database } from "./client";
import { isWithinReach, reachValue } from "./within-reach";

/** How far back the history of interfaces that are still being read reaches. */
export type HistoryReach = { readonly interfaces: number; readonly completeBackTo: Date };

/** Interfaces within reach whose older messages are still being read, back to `wantedFrom`; undefined when there are none. */
export async function readHistoryReach(wantedFrom: Date, reach: Reach): Promise<HistoryReach | undefined> {
  const { rows } = await database().pool.query<{ interfaces: number; completeBackTo: Date | null }>({
    name: "history-reach",
    text: `
      SELECT count(*)::int AS interfaces, max(i.complete_back_to) AS "completeBackTo"
      FROM public.interface i JOIN public.source s ON s.id = i.source_id
      WHERE i.removed_at IS NULL AND s.removed_at IS NULL AND s.paused_at IS NULL AND i.complete_back_to > $1
        AND ${isWithinReach("$2")}
        AND EXISTS (SELECT FROM signal.stream st WHERE st.source_id = s.id AND st.backlog > 0)`,
    values: [wantedFrom, reachValue(reach)],
  });
  const row = rows[0];
  return row === undefined || row.completeBackTo === null
    ? undefined
    : { interfaces: row.interfaces, completeBackTo: row.completeBackTo };
}
