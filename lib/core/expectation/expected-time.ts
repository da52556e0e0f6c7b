import type { TimeRange } from "../time/range";
import type { Expectation } from "./history";
import { type LocalQuarters, localQuarters, QUARTER_MINUTES } from "./local-quarters";

/**
 * Time as the interface lives it: how many minutes with a message were to be expected between two minutes. An hour at
 * night is short, one at noon is long; measured like that, silences of all hours can be compared.
 */
export type ExpectedTime = {
  readonly between: (fromMinute: number, toMinute: number) => number;
};

/** `isKnown` says of a quarter (by index) whether anybody was watching; in any other nothing is expected. */
export function expectedTime(ask: {
  readonly quarters: LocalQuarters;
  readonly busyMinutes: readonly number[];
  readonly isKnown?: (index: number) => boolean;
}): ExpectedTime {
  const { quarters, busyMinutes, isKnown = () => true } = ask;
  const sums = [0];
  quarters.hours.forEach((hour, i) => {
    sums.push((sums[i] ?? 0) + (isKnown(i) ? (busyMinutes[hour] ?? 0) / 4 : 0));
  });
  const last = quarters.hours.length;
  const until = (minute: number) => {
    const at = Math.min(Math.max(minute / QUARTER_MINUTES - quarters.first, 0), last);
    const index = Math.min(Math.floor(at), last - 1);
    const [before = 0, after = before] = [sums[index], sums[index + 1]];
    return before + (after - before) * (at - index);
  };
  return { between: (fromMinute, toMinute) => Math.max(0, until(toMinute) - until(fromMinute)) };
}

/** Messages that usually come in within a range, by the median of each of its hours. */
export function expectedMessages({ zone, volume }: Expectation, range: TimeRange): number {
  const quarters = localQuarters(range, zone);
  const medians = volume.map((hour) => hour?.median ?? 0);
  const { between } = expectedTime({ quarters, busyMinutes: medians });
  return between(range.from.getTime() / 60_000, range.to.getTime() / 60_000);
}
