/**
 * SQL over an interface `i`: the instant from which on a missing figure means that nothing happened. That is when it was
 * first seen here; where older messages were read back, it is the hour of the oldest: what lies before may have been
 * pruned at the engine. Two keys of rollups for each source leg.
 */
export const KNOWN_FROM = `(CASE WHEN i.complete_back_to < i.first_seen_at THEN
  least(i.first_seen_at, greatest(i.complete_back_to, coalesce((
    SELECT min(oldest.bucket_start)
    FROM public.leg k
    CROSS JOIN LATERAL (
      SELECT h.bucket_start FROM signal.rollup_hour h
      WHERE h.leg_id = k.id
        AND h.bucket_start >= (SELECT min(d.bucket_start) FROM signal.rollup_day d WHERE d.leg_id = k.id)
      ORDER BY h.bucket_start LIMIT 1
    ) oldest
    WHERE k.interface_id = i.id AND k.direction = 'source'), i.first_seen_at)))
  ELSE i.first_seen_at END)`;
