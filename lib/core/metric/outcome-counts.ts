/** How many deliveries ended how. The first five add up to all deliveries; the rest are counted beside them. */
export type OutcomeCounts = {
  readonly ok: number;
  readonly failed: number;
  readonly filtered: number;
  readonly pending: number;
  readonly unknown: number;
  readonly firstOk: number;
  readonly firstFailed: number;
  /** Deliveries of messages that repeat an earlier one. */
  readonly replays: number;
  /** Deliveries whose times run backwards. */
  readonly suspects: number;
};

export const countNames = [
  "ok",
  "failed",
  "filtered",
  "pending",
  "unknown",
  "firstOk",
  "firstFailed",
  "replays",
  "suspects",
] as const satisfies readonly (keyof OutcomeCounts)[];

export const noCounts: OutcomeCounts = {
  ok: 0,
  failed: 0,
  filtered: 0,
  pending: 0,
  unknown: 0,
  firstOk: 0,
  firstFailed: 0,
  replays: 0,
  suspects: 0,
};

export function addCounts(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return combine((name) => a[name] + b[name]);
}

export function subtractCounts(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return combine((name) => a[name] - b[name]);
}

export function sumCounts(all: Iterable<OutcomeCounts>): OutcomeCounts {
  let sum = noCounts;
  for (const counts of all) sum = addCounts(sum, counts);
  return sum;
}

/** All deliveries, whatever became of them. */
export function totalOf(counts: OutcomeCounts): number {
  return counts.ok + counts.failed + counts.filtered + counts.pending + counts.unknown;
}

/** failed / (ok + failed) of the final outcomes, 0–1; null when nothing has ended either way. */
export function failureRate(counts: OutcomeCounts): number | null {
  return share(counts.failed, counts);
}

/** First attempts that failed / (ok + failed), 0–1; null when nothing has ended either way. */
export function firstAttemptFailureRate(counts: OutcomeCounts): number | null {
  return share(counts.firstFailed, counts);
}

function share(part: number, { ok, failed }: OutcomeCounts): number | null {
  return ok + failed === 0 ? null : part / (ok + failed);
}

function combine(value: (name: keyof OutcomeCounts) => number): OutcomeCounts {
  return {
    ok: value("ok"),
    failed: value("failed"),
    filtered: value("filtered"),
    pending: value("pending"),
    unknown: value("unknown"),
    firstOk: value("firstOk"),
    firstFailed: value("firstFailed"),
    replays: value("replays"),
    suspects: value("suspects"),
  };
}
