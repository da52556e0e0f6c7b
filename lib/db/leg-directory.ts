import type { Reach } from "@/lib/core/authz/policy";
import type { Direction } from "@/lib/core/message/outcome";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { COUNTED_ONLY } from "./counted-only";
import { KNOWN_FROM } from "./known-from";
import { isLegWithinReach, isWithinReach, reachValue } from "./within-reach";

/** Which legs a question is about. "all" = every leg that was not removed. */
export type LegScope = "all" | readonly number[];

/** A leg with the names people know it by, and since when its figures are complete. */
export type LegEntry = {
  readonly legId: number;
  readonly leg: string;
  readonly legExternalId: string;
  readonly direction: Direction;
  readonly interfaceId: number;
  readonly interface: string;
  readonly interfaceExternalId: string;
  readonly sourceId: number;
  /** From here on a missing figure means that nothing happened. */
  readonly knownFrom: Date;
  /** The engine counts messages of its interface, and not one was ever read: no figure of it is known. */
  readonly isCountedOnly: boolean;
  /** The newest value of the gauge queueDepth; undefined when the source never gave one. */
  readonly queueDepth: number | undefined;
};

type Row = Omit<LegEntry, "queueDepth"> & { readonly queueDepth: number | null };

/** Legs within reach by interface and ordinal. Unknown ids are left out; a few joins by key, hundreds of legs at most. */
export async function readLegDirectory(scope: LegScope, reach: Reach): Promise<readonly LegEntry[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT leg.id AS "legId", leg.name AS leg, leg.external_id AS "legExternalId", leg.direction,
       i.id AS "interfaceId", i.name AS "interface", i.external_id AS "interfaceExternalId", i.source_id AS "sourceId",
       ${KNOWN_FROM} AS "knownFrom", now.value AS "queueDepth",
       ${COUNTED_ONLY} AS "isCountedOnly"
     FROM public.leg
     JOIN public.interface i ON i.id = leg.interface_id
     LEFT JOIN signal.leg_now now ON now.leg_id = leg.id AND now.metric = 'queueDepth'
     WHERE ${isWithinReach("$2")} AND CASE WHEN $1::int4[] IS NULL THEN leg.removed_at IS NULL AND i.removed_at IS NULL
       ELSE leg.id = ANY($1::int4[]) END
     ORDER BY i.name, i.id, leg.ordinal, leg.id`,
    [scope === "all" ? null : arrayLiteral(scope, (legId) => legId), reachValue(reach)],
  );
  return rows.map((row) => ({ ...row, queueDepth: row.queueDepth ?? undefined }));
}

/** Those of some legs that are within reach, in their order. */
export async function readLegsWithin(legIds: readonly number[], reach: Reach): Promise<readonly number[]> {
  if (reach === "all") return legIds;
  const { rows } = await database().pool.query<{ id: number }>(
    `SELECT leg.id FROM unnest($1::int4[]) WITH ORDINALITY AS leg(id, place)
     WHERE ${isLegWithinReach("leg.id", "$2")} ORDER BY leg.place`,
    [arrayLiteral(legIds, (legId) => legId), reachValue(reach)],
  );
  return rows.map(({ id }) => id);
}
