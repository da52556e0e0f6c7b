import type { TrailAges } from "@/lib/core/audit/lateness";
import { LAST_MAILED } from "./audit-witness";
import { database } from "./client";

/** How far sealing, witnessing and e-mail are behind. The queue is short, and blocks are read from the last witnessed on. */
export async function readTrailAges(): Promise<TrailAges> {
  const { rows } = await database().pool.query<TrailAges>(
    `SELECT
       (SELECT ${ageS("l.at")} FROM signal.audit_leaf l
        WHERE l.id = (SELECT min(leaf_id) FROM signal.audit_unsealed)) AS "unsealedS",
       (SELECT ${ageS("b.sealed_at")} FROM signal.audit_block b
        WHERE b.number > coalesce((SELECT number FROM signal.audit_witness ORDER BY id DESC LIMIT 1), 0)
        ORDER BY b.number LIMIT 1) AS "unwitnessedS",
       (SELECT ${ageS("w.at")} FROM signal.audit_witness w
        WHERE w.number > coalesce((SELECT (value #>> '{}')::bigint FROM public.setting WHERE key = $1), 0)
        ORDER BY w.number LIMIT 1) AS "unmailedS"`,
    [LAST_MAILED],
  );
  return rows[0] ?? { unsealedS: null, unwitnessedS: null, unmailedS: null };
}

function ageS(column: string): string {
  return `greatest(0, floor(extract(epoch FROM now() - ${column})))::int`;
}
