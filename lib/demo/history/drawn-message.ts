import type { FirstOutcome, Outcome } from "@/lib/core/message/outcome";
import type { FailureKind } from "../engine/failure";

/** One message of the past on one leg; leg 0 is the source. Times are epoch milliseconds. */
export type DrawnDelivery = {
  readonly leg: number;
  readonly outcome: Outcome;
  readonly firstOutcome: FirstOutcome | undefined;
  readonly isFirstInferred: boolean;
  readonly attempts: number;
  readonly failure: FailureKind | undefined;
  /** When its turn at this leg came: waiting is counted from here, latency from the receipt of the message. */
  readonly turnMs: number;
  readonly sentMs: number | undefined;
  readonly ackedMs: number | undefined;
};

/** One message of the past on all the legs it reached. */
export type DrawnMessage = {
  /** Position within its UTC day, from 1. */
  readonly sequence: number;
  readonly receivedMs: number;
  /** Sequence of the earlier message of the same day that this one repeats. */
  readonly replayOf: number | undefined;
  readonly deliveries: readonly DrawnDelivery[];
};
