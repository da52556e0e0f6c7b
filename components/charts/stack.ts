import type { BucketValues, ChartSeries } from "./chart-model";

/** Top of the drawn values: the highest line, or the highest sum of a stack; comparison and usual range included. 0 where nothing was measured. */
export function highestValue({ series, isStacked, others }: HighestValue): number {
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  const tops = Array.from({ length }, (_, i) => {
    const values = series.map((one) => one.values[i] ?? 0);
    return isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  });
  return Math.max(0, ...tops, ...others.flatMap((values) => values.map((value) => value ?? 0)));
}
type HighestValue = {
  readonly series: readonly Pick<ChartSeries, "values">[];
  readonly isStacked: boolean;
  readonly others: readonly BucketValues[];
};

/** True for a value with a gap on both sides: a line cannot show it, so it gets a dot. */
export function isAlone(values: BucketValues, i: number): boolean {
  const at = (index: number) => values[index] ?? null;
  return at(i) !== null && at(i - 1) === null && at(i + 1) === null;
}

/** Stretches of buckets in which no series has a value: [first, last] pairs. They are marked "no data", never drawn as zero. */
export function gapsOf(series: readonly Pick<ChartSeries, "values">[], bucketCount: number) {
  const gaps: { readonly first: number; readonly last: number }[] = [];
  let first: number | undefined;
  for (let i = 0; i <= bucketCount; i += 1) {
    const isGap = i < bucketCount && series.every(({ values }) => (values[i] ?? null) === null);
    if (isGap) first ??= i;
    else if (first !== undefined) {
      gaps.push({ first, last: i - 1 });
      first = undefined;
    }
  }
  return gaps;
}
