import type { TimeRange } from "../time/range";

/** What is known of the traffic of one interface: all that its expectation is learnt from. */
export type TrafficHistory = {
  /** IANA zone in which its week goes round. */
  readonly zone: string;
  /** Outside of it nothing is known. Missing is not zero. */
  readonly range: TimeRange;
  /** Minutes since the epoch in which at least one message came in, ascending, each once. */
  readonly busy: readonly number[];
  /** Messages in the minute of the same index. */
  readonly messages: readonly number[];
  /** Times within the range in which nobody was watching. */
  readonly unknown: readonly TimeRange[];
  /** Local dates ("2026-12-25") that are no ordinary days. */
  readonly holidays: ReadonlySet<string>;
};

/** What usually comes in on an interface, by hour of its local week (0 = Sunday from midnight). */
export type Expectation = {
  readonly zone: string;
  /** Whole weeks it was learnt from. */
  readonly weeks: number;
  /** Minutes with a message that each of the 168 hours has. */
  readonly busyMinutes: readonly number[];
  /** How many minutes with a message may be missed in a row before that is no chance any more. */
  readonly quietLimit: number;
  /** It comes by a timetable: then the longest usual silence of each hour counts too. */
  readonly isScheduled: boolean;
  /** Longest usual time since the last message in each hour, in minutes; null where that is not known. */
  readonly longestQuiet: readonly (number | null)[];
  /** Messages of each hour. */
  readonly volume: readonly ExpectedVolume[];
};

/** Messages that an hour usually has; null where no week is known. */
export type ExpectedVolume = {
  readonly low: number;
  readonly median: number;
  readonly high: number;
} | null;

/** Below this nothing is expected yet: the interface is learning. */
export const LEARNING_WEEKS = 4;
export const WEEK_HOURS = 168;
