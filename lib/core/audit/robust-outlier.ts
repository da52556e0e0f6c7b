/** A normal distribution's standard deviation is this many median absolute deviations. */
const MAD_TO_SIGMA = 1.4826;

/** How far out a value must lie to stand out (Iglewicz and Hoaglin, 1993). */
const LIMIT = 3.5;

/** Fewer others than this are no yardstick. */
const FEWEST_PEERS = 3;

/**
 * Whether a value lies far above those of its peers, judged by median and median absolute deviation, which one busy
 * person among the peers does not move. Where all peers are alike, three times their median is far.
 */
export function isFarAbove(value: number, peers: readonly number[]): boolean {
  if (peers.length < FEWEST_PEERS) return false;
  const middle = median(peers);
  const spread = median(peers.map((peer) => Math.abs(peer - middle))) * MAD_TO_SIGMA;
  return spread > 0 ? (value - middle) / spread > LIMIT : value > 3 * middle;
}

/** Median of at least one number; of an even count the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
