/** Natural silences a month that may be taken for an outage. The promise is one; what is not modelled uses up the rest. */
const BUDGET_A_MONTH = 0.2;
/** Where the tail begins: as many silences a month are rare, and outages are few among them. */
const TAIL_A_MONTH = 12;
const MIN_TAIL = 8;
const MARGIN = 1.15;
/** Too few silences to read anything off: on a feed that never rests, and on one that is hardly used. */
const FEW_GAPS = { ofBusy: 3, ofQuiet: 7, busyFrom: 1_000 };

/**
 * How long a silence may be, in expected minutes, so that chance alone exceeds it less than once a month. The lengths of
 * rare silences thin out evenly (exponentially) whether messages come one by one, in bursts or by the clock: only where
 * and how fast differs, and both are read off the history. The median decides how fast, so that outages in the history
 * do not.
 */
export function quietLimit(ask: {
  /** All silences of the history, in expected minutes. */
  readonly gaps: readonly number[];
  readonly months: number;
  /** Minutes with a message in the history. */
  readonly busy: number;
}): number {
  const { gaps, months, busy } = ask;
  if (gaps.length < 3 * MIN_TAIL) return busy >= FEW_GAPS.busyFrom ? FEW_GAPS.ofBusy : FEW_GAPS.ofQuiet;
  const sorted = gaps.toSorted((a, b) => b - a);
  const size = Math.min(Math.max(Math.round(TAIL_A_MONTH * months), MIN_TAIL), Math.floor(gaps.length / 3));
  const start = sorted[size] ?? 0;
  const middle = sorted[Math.floor(size / 2)] ?? start;
  const pace = (middle - start) / Math.LN2;
  const limit = start + pace * Math.log(size / (BUDGET_A_MONTH * months));
  return MARGIN * Math.max(limit, start);
}
