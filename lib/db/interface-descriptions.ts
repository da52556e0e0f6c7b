import type { InterfaceSeen } from "@/lib/core/message/schema";
import { inPoolTransaction } from "./pool-transaction";

/** State and revision of an interface before a description was applied; undefined when it was not known. */
export type InterfaceBefore =
  | {
      readonly interfaceId: number;
      readonly state: string | undefined;
      readonly revision: number | undefined;
    }
  | undefined;

type BeforeRow = { readonly id: number; readonly state: string | null; readonly revision: number | null };

/**
 * Makes an interface and its legs what the engine says they are now. What the engine leaves out stays; legs that it no
 * longer lists are marked as removed. Answers with its id and what was known before.
 */
export function describeInterface(ask: {
  readonly sourceId: number;
  readonly seen: InterfaceSeen;
  readonly now: Date;
}): Promise<{ readonly interfaceId: number; readonly before: InterfaceBefore }> {
  const { sourceId, seen, now } = ask;
  return inPoolTransaction(async (client) => {
    const { rows: known } = await client.query<BeforeRow>(
      "SELECT id, state, revision FROM public.interface WHERE source_id = $1 AND external_id = $2 FOR UPDATE",
      [sourceId, seen.interface],
    );
    const { rows: written } = await client.query<{ id: number }>(UPSERT_INTERFACE, [
      sourceId,
      seen.interface,
      seen.name || seen.interface,
      seen.state ?? null,
      seen.revision ?? null,
      seen.columns ?? null,
    ]);
    const interfaceId = written[0]?.id ?? 0;
    await client.query(UPSERT_LEGS, [interfaceId, sourceId, JSON.stringify(seen.legs), now]);
    const row = known[0];
    const before = row && { interfaceId, state: row.state ?? undefined, revision: row.revision ?? undefined };
    return { interfaceId, before };
  });
}

const UPSERT_INTERFACE = `
  INSERT INTO public.interface AS i (source_id, external_id, name, state, revision, columns, receivers)
  VALUES ($1, $2, $3, $4, $5, coalesce($6::text[], '{}'), '{}')
  ON CONFLICT (source_id, external_id) DO UPDATE SET
    name = excluded.name,
    state = coalesce(excluded.state, i.state),
    revision = coalesce(excluded.revision, i.revision),
    columns = coalesce($6::text[], i.columns),
    removed_at = NULL
  RETURNING id`;

const UPSERT_LEGS = `
  WITH wanted AS (
    SELECT DISTINCT ON (leg) * FROM jsonb_to_recordset($3::jsonb)
      AS w(leg text, name text, direction text, ordinal int, state text) ORDER BY leg
  ), written AS (
    INSERT INTO public.leg AS l (interface_id, source_id, external_id, ordinal, name, direction, state)
    SELECT $1::int, $2::int, leg, ordinal, coalesce(nullif(name, ''), leg), direction, state FROM wanted
    ON CONFLICT (interface_id, external_id) DO UPDATE SET
      ordinal = excluded.ordinal, name = excluded.name, state = coalesce(excluded.state, l.state), removed_at = NULL
  )
  UPDATE public.leg SET removed_at = $4::timestamptz
  WHERE interface_id = $1::int AND removed_at IS NULL AND external_id NOT IN (SELECT leg FROM wanted)`;
