import type { FirstOutcome } from "./outcome";

/** What folding needs to know of one observation of a delivery. */
export type Observed = {
  readonly observedSeq: number;
  /** Equal for observations that say the same, whatever their observedSeq. */
  readonly bodyDigest: number;
  readonly firstOutcome: FirstOutcome | undefined;
  readonly firstInferred: boolean;
};

/** Outcome of the first attempt that finished, with the observation that told of it. */
export type FirstFinish = {
  readonly outcome: FirstOutcome;
  readonly seq: number;
  readonly inferred: boolean;
};

/** What became of one observation among others of the same delivery. */
export type FoldVerdict = "head" | "superseded" | "duplicate" | "conflict";

export type Folded<T extends Observed> = {
  /** The newest observation: every field but the first outcome is taken from it. */
  readonly head: T;
  readonly first: FirstFinish | undefined;
  /** One for each observation, in the order given; exactly one is the head. */
  readonly verdicts: readonly FoldVerdict[];
};

/**
 * Folds observations of one delivery, at least one. Fields come from the highest observedSeq; the first outcome from
 * the lowest that has one. Without conflicts the order of arrival makes no difference. Of two observations with the
 * same observedSeq and different bodies the earlier one given counts, the other is a conflict.
 */
export function foldObservations<T extends Observed>(observations: readonly [T, ...T[]]): Folded<T> {
  const bySeq = new Map<number, T>();
  const verdicts = observations.map((seen): FoldVerdict => {
    const known = bySeq.get(seen.observedSeq);
    if (known === undefined) {
      bySeq.set(seen.observedSeq, seen);
      return "superseded";
    }
    return known.bodyDigest === seen.bodyDigest ? "duplicate" : "conflict";
  });
  const counted = [...bySeq.values()];
  const head = counted.reduce((newest, seen) => (seen.observedSeq > newest.observedSeq ? seen : newest));
  return {
    head,
    first: firstFinish(counted),
    verdicts: verdicts.map((verdict, i) => (observations[i] === head ? "head" : verdict)),
  };
}

function firstFinish(observations: readonly Observed[]): FirstFinish | undefined {
  let first: FirstFinish | undefined;
  for (const { firstOutcome, observedSeq, firstInferred } of observations) {
    if (firstOutcome === undefined || (first !== undefined && first.seq <= observedSeq)) continue;
    first = { outcome: firstOutcome, seq: observedSeq, inferred: firstInferred };
  }
  return first;
}
