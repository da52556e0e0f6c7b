/**
 * SQL over an interface `i`: its engine counts messages, and not one was ever stored. One key of rollup_day and one of
 * leg_now a leg. Days are written seconds after the first delivery; who must not wait looks for a delivery too.
 */
export const COUNTED_ONLY = `(
  EXISTS (
    SELECT FROM public.leg c JOIN signal.leg_now n ON n.leg_id = c.id AND n.metric = 'received' AND n.value > 0
    WHERE c.interface_id = i.id)
  AND NOT EXISTS (SELECT FROM public.leg c JOIN signal.rollup_day r ON r.leg_id = c.id WHERE c.interface_id = i.id))`;
