import type { Direction } from "@/lib/core/message/outcome";
import { database } from "./client";

/** A leg as the store needs it: its own id, and the two words its source knows it by. */
export type KnownLeg = {
  readonly legId: number;
  readonly interfaceId: number;
  readonly interface: string;
  readonly leg: string;
  readonly direction: Direction;
};

/** A leg that is to exist. Names are used where there is none yet. */
export type LegToRegister = {
  readonly interface: string;
  readonly interfaceName?: string | undefined;
  readonly leg: string;
  readonly legName?: string | undefined;
  readonly direction: Direction;
};

/** Interfaces and legs of a source, removed ones too: late messages may still belong to them. */
export type KnownLegs = {
  readonly interfaceIds: ReadonlyMap<string, number>;
  readonly legs: readonly KnownLeg[];
};

export async function readKnownLegs(sourceId: number): Promise<KnownLegs> {
  const { rows: interfaces } = await database().pool.query<{ id: number; external_id: string }>(
    "SELECT id, external_id FROM public.interface WHERE source_id = $1",
    [sourceId],
  );
  const { rows: legs } = await database().pool.query<KnownLeg>(
    `SELECT leg.id AS "legId", leg.interface_id AS "interfaceId", i.external_id AS "interface",
       leg.external_id AS "leg", leg.direction
     FROM public.leg JOIN public.interface i ON i.id = leg.interface_id
     WHERE i.source_id = $1`,
    [sourceId],
  );
  return { interfaceIds: new Map(interfaces.map((row) => [row.external_id, row.id])), legs };
}

/**
 * Makes interfaces and legs that do not exist yet; whoever is first wins, and names that people or the engine gave
 * stay. An interface that was only known by its id takes the name it is given now.
 */
export async function registerLegs(sourceId: number, legs: readonly LegToRegister[]): Promise<void> {
  const wanted = JSON.stringify(
    legs.map((leg) => ({
      interface: leg.interface,
      interfaceName: leg.interfaceName,
      leg: leg.leg,
      legName: leg.legName,
      direction: leg.direction,
      ordinal: ordinalOf(leg),
    })),
  );
  await database().pool.query(
    `WITH wanted AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb)
         AS w("interface" text, "interfaceName" text, leg text, "legName" text, direction text, ordinal int)
     ), interfaces AS (
       INSERT INTO public.interface AS i (source_id, external_id, name, receivers, columns)
       SELECT DISTINCT ON ("interface") $1::int, "interface", coalesce(nullif("interfaceName", ''), "interface"), '{}'::text[], '{}'::text[]
       FROM wanted ORDER BY "interface", "interfaceName" NULLS LAST
       ON CONFLICT (source_id, external_id) DO UPDATE
         SET name = CASE WHEN i.name = i.external_id THEN excluded.name ELSE i.name END
       RETURNING id, external_id
     )
     INSERT INTO public.leg (interface_id, source_id, external_id, ordinal, name, direction)
     SELECT DISTINCT ON (i.id, w.leg) i.id, $1::int, w.leg, w.ordinal, coalesce(nullif(w."legName", ''), w.leg), w.direction
     FROM wanted w JOIN interfaces i ON i.external_id = w."interface"
     ORDER BY i.id, w.leg, w."legName" NULLS LAST
     ON CONFLICT (interface_id, external_id) DO NOTHING`,
    [sourceId, wanted],
  );
}

/** Engines number their connectors, the source first; other names sort behind it in one place. */
function ordinalOf({ leg, direction }: LegToRegister): number {
  if (/^\d{1,9}$/.test(leg)) return Number(leg);
  return direction === "source" ? 0 : 1;
}
