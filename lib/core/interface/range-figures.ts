import { lengthMs, type TimeRange } from "../time/range";
import { figuresOf, type InterfaceFigures, type LegFigures, unknownFigures } from "./figures";

/** Since when an interface is known, and when it was not. */
export type Watch = {
  /** From here on a missing figure means that nothing happened. */
  readonly knownFrom: Date;
  /** Everything after `knownFrom` has been read and everything before it has not. */
  readonly isReadBack: boolean;
  /** The engine counts messages of which not one was ever read. */
  readonly isCountedOnly: boolean;
  /** Times in which the source could not be seen, within the range. */
  readonly gaps: readonly TimeRange[];
};

/**
 * Figures of the range that a page is about. What is counted counts; nothing counted is a zero only where somebody was
 * watching. The rate of messages is over the part that is known.
 */
export function currentFigures(ask: {
  readonly legs: readonly LegFigures[];
  readonly range: TimeRange;
  readonly watch: Watch;
  readonly now: Date;
}): InterfaceFigures {
  const { range, watch, now } = ask;
  const passed = { from: range.from, to: new Date(Math.min(now.getTime(), range.to.getTime())) };
  const known = { from: new Date(Math.max(passed.from.getTime(), watch.knownFrom.getTime())), to: passed.to };
  const isWhole = known.from <= passed.from;
  const figures = figuresOf(ask.legs, isWhole || watch.isReadBack ? Math.max(0, lengthMs(known)) : 0);
  const isNothing = figures.messages === 0 && figures.failed === 0 && figures.failureRate === null;
  return isNothing && !isWatched(known, watch) ? unknownFigures : figures;
}

/** Figures of an earlier range, to compare with: a range that is not known from its first to its last moment gives none. */
export function pastFigures(ask: {
  readonly legs: readonly LegFigures[];
  readonly range: TimeRange;
  readonly watch: Pick<Watch, "knownFrom" | "isCountedOnly">;
}): InterfaceFigures {
  const { range, watch } = ask;
  if (watch.isCountedOnly || range.from < watch.knownFrom) return unknownFigures;
  return figuresOf(ask.legs, lengthMs(range));
}

function isWatched(known: TimeRange, { isCountedOnly, gaps }: Watch): boolean {
  if (isCountedOnly || known.from >= known.to) return false;
  return !gaps.some(({ from, to }) => from <= known.from && to >= known.to);
}
