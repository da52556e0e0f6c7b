import { groupBy } from "@/lib/core/group-by";
import { usualSpan } from "@/lib/core/interface/figures";
import { sameHoursLastWeek, type TimeRange } from "@/lib/core/time/range";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { type CountStep, type LegCount, readLegCounts } from "@/lib/db/leg-counts";
import { remember } from "./remember";

/** Lowest and highest number of messages of the same bucket in earlier weeks; null where no week is known. */
export type UsualVolume = {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
};

const WEEKS = 4;
const rememberWeek = remember<readonly LegCount[]>({ ttlMs: 5 * 60_000, size: 64 });

/** What usually comes in on each interface in the buckets of a range; undefined where no earlier week is known. */
export async function readUsualVolume(ask: {
  readonly interfaces: readonly InterfaceRecord[];
  readonly buckets: readonly TimeRange[];
  readonly step: CountStep;
  readonly now: Date;
}): Promise<(of: InterfaceRecord) => UsualVolume | undefined> {
  const { interfaces, buckets, step, now } = ask;
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return () => undefined;
  const whole = { from: first.from, to: last.to };
  const legIds = interfaces.flatMap(sourceLegs);
  const weeks = await Promise.all(
    weeksBefore(whole).map(async (range) => {
      const key = `${step}/${range.from.getTime()}-${range.to.getTime()}/${legIds.join()}`;
      const counts = await rememberWeek(key, now.getTime(), () => readLegCounts({ legIds, range, step }));
      return {
        shiftMs: whole.from.getTime() - range.from.getTime(),
        byLeg: groupBy(counts, ({ legId }) => legId),
      };
    }),
  );
  return (of) => {
    const known = weeks
      .filter(({ shiftMs }) => first.from.getTime() - shiftMs >= of.knownFrom.getTime())
      .map(({ shiftMs, byLeg }) =>
        sumsOf(
          sourceLegs(of).flatMap((legId) => byLeg.get(legId) ?? []),
          { buckets, shiftMs },
        ),
      );
    if (known.length === 0) return undefined;
    const spans = buckets.map((_, i) => usualSpan(known.map((sums) => sums[i] ?? null)));
    return { low: spans.map((span) => span?.low ?? null), high: spans.map((span) => span?.high ?? null) };
  };
}

function sourceLegs(of: InterfaceRecord): readonly number[] {
  return of.legs.filter(({ direction }) => direction === "source").map(({ legId }) => legId);
}

function weeksBefore(range: TimeRange): readonly TimeRange[] {
  const weeks: TimeRange[] = [];
  for (let week = sameHoursLastWeek(range); weeks.length < WEEKS; week = sameHoursLastWeek(week)) {
    weeks.push(week);
  }
  return weeks;
}

function sumsOf(
  counts: readonly LegCount[],
  { buckets, shiftMs }: { readonly buckets: readonly TimeRange[]; readonly shiftMs: number },
): readonly number[] {
  const byStart = new Map<number, number>();
  for (const { fromMs, ok, failed, filtered, pending, unknown } of counts) {
    const sum = ok + failed + filtered + pending + unknown;
    byStart.set(fromMs + shiftMs, (byStart.get(fromMs + shiftMs) ?? 0) + sum);
  }
  return buckets.map(({ from }) => byStart.get(from.getTime()) ?? 0);
}
