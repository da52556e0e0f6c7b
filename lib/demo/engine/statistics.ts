import type { ConnectorRow } from "./stored-message";

/** The four counters of a connector. QUEUED is not among them: the engine counts it from its database. */
export type Counters = {
  readonly received: number;
  readonly filtered: number;
  readonly sent: number;
  readonly error: number;
};

export const noCounts: Counters = { received: 0, filtered: 0, sent: 0, error: 0 };

/** Counters after a row reached its status (`by: 1`), or after it was taken back by a replace (`by: -1`). */
export function countRow(
  counters: Counters,
  { row, by }: { readonly row: ConnectorRow; readonly by: number },
): Counters {
  const received = counters.received + by;
  switch (row.status) {
    case "FILTERED":
      return { ...counters, received, filtered: counters.filtered + by };
    case "SENT":
      return { ...counters, received, sent: counters.sent + by };
    case "ERROR":
      return { ...counters, received, error: counters.error + by };
    case "RECEIVED":
    case "TRANSFORMED":
    case "QUEUED":
    case "PENDING":
      return { ...counters, received };
  }
}

/**
 * Totals of a channel from those of its connectors, source first: RECEIVED is the source's alone, SENT the sum over
 * destinations, FILTERED and ERROR the sum over all: so error divided by received is not a rate.
 */
export function channelTotals(connectors: readonly Counters[]): Counters {
  const [source = noCounts, ...destinations] = connectors;
  return {
    received: source.received,
    sent: sumOf(destinations, "sent"),
    filtered: source.filtered + sumOf(destinations, "filtered"),
    error: source.error + sumOf(destinations, "error"),
  };
}

export function addCounters(one: Counters, other: Counters): Counters {
  return {
    received: one.received + other.received,
    filtered: one.filtered + other.filtered,
    sent: one.sent + other.sent,
    error: one.error + other.error,
  };
}

function sumOf(counters: readonly Counters[], field: keyof Counters): number {
  return counters.reduce((sum, one) => sum + one[field], 0);
}
