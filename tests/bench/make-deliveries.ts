import type pg from "pg";
import { ensurePartitions } from "@/lib/db/partitions";
import type { QueryBenchPlan } from "./query-database";

const DAY_MS = 86_400_000;
/** A day's partition holds a twentieth of the deliveries. */
export const DELIVERY_DAYS = 20;

/** Fills the newest days with deliveries over all legs, 3 % of them failed, in the order they would have arrived. */
export async function makeDeliveries(make: {
  readonly owner: pg.Client;
  readonly plan: QueryBenchPlan;
  readonly until: Date;
  readonly say: (line: string) => void;
}): Promise<void> {
  const { owner, plan, until, say } = make;
  const perDay = Math.ceil(plan.rows / DELIVERY_DAYS);
  const start = new Date(until.getTime() - DELIVERY_DAYS * DAY_MS);
  await ensurePartitions("delivery", { from: start, to: until });
  for (let day = 0; day < DELIVERY_DAYS; day++) {
    const from = new Date(start.getTime() + day * DAY_MS);
    await owner.query(FILL_DAY, [from, perDay, day * perDay]);
    say(`deliveries of ${day + 1} of ${DELIVERY_DAYS} days`);
  }
  await owner.query("VACUUM (ANALYZE) signal.delivery");
}

/** hashint8extended gives each column numbers of its own, the same in every run. */
const FILL_DAY = `
INSERT INTO signal.delivery (leg_id, received_at, id, message_key, engine_message_id, control_id, message_type, state,
  outcome, first_outcome, first_outcome_seq, ack_code, reason, attempts, started_at, sent_at, acked_at, latency_ms,
  wait_ms, partner_ms, size_bytes, error_text, observed_seq, body_digest)
SELECT leg_id, at, hashint8extended(n, 3), hashint8extended(n, 4), n::text, 'MSG' || n, 'ORU^R01',
  CASE WHEN is_failed THEN 'error' ELSE 'sent' END, outcome, outcome, 1, CASE WHEN is_failed THEN 'AE' ELSE 'AA' END,
  CASE WHEN is_failed THEN 'nack_ae' END, 1, at, at + interval '20 ms', at + latency * interval '1 ms', latency, 20,
  latency - 20, 2000, CASE WHEN is_failed THEN 'NACK sent from receiver. (Error) 207' END, 1, hashint8extended(n, 5)
FROM (
  SELECT n, l.id AS leg_id, is_failed, CASE WHEN is_failed THEN 'failed' ELSE 'ok' END AS outcome,
    ($1::timestamptz + (abs(hashint8extended(n, 1)) % 86400000) * interval '1 ms')::timestamptz(3) AS at,
    20 + (abs(hashint8extended(n, 2)) % 2000)::int AS latency
  FROM (
    SELECT n, abs(hashint8extended(n, 6)) % 100 < 3 AS is_failed,
      floor(power(abs(hashint8extended(n, 7)) % 1000000 / 1e6, 2) * (SELECT count(*) FROM public.leg))::bigint AS place
    FROM generate_series($3::bigint + 1, $3::bigint + $2::bigint) n
  ) AS drawn
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM public.leg) AS l USING (place)
) AS made
ORDER BY at, n`;
