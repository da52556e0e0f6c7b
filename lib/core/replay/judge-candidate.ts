import type { Direction, MessageState, Outcome } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";

/** What must be known of one message on one leg before anybody may choose it. */
export type Candidate = {
  readonly direction: Direction;
  readonly state: MessageState;
  readonly outcome: Outcome;
  readonly reason: FailureReason | undefined;
  /** Sending again is switched on for its source. */
  readonly isSwitchedOn: boolean;
  /** Chosen for another run that is not over. */
  readonly isInOpenRun: boolean;
  /** Undefined = not asked yet. */
  readonly isContentKept: boolean | undefined;
  /** A repetition of it arrived, whoever sent it. */
  readonly wasDeliveredByReplay: boolean;
  /** An earlier run does not know whether it sent it again. */
  readonly isUnclearElsewhere: boolean;
  /** A later message of the same patient or order arrived on this leg. */
  readonly isSuperseded: boolean;
};

/** Why a message cannot be sent again, whoever asks. */
export const refusals = [
  "inbound",
  "arrived",
  "filtered",
  "still_queued",
  "in_other_replay",
  "content_gone",
  "switched_off",
] as const;
export type Refusal = (typeof refusals)[number];

/** Why a message is left out unless a person ticks it, one by one, and says why. */
export const cautions = ["ambiguous", "delivered_by_replay", "superseded"] as const;
export type Caution = (typeof cautions)[number];

export type Verdict =
  | { readonly kind: "chosen" }
  | { readonly kind: "cautious"; readonly cautions: readonly Caution[] }
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };

/** Whether a message is chosen by itself, by a person alone, or not at all. Refusals weigh more than cautions. */
export function judgeCandidate(candidate: Candidate): Verdict {
  const refused = refusals.filter((one) => refusalHolds[one](candidate));
  if (refused.length > 0) return { kind: "refused", refusals: refused };
  const cautious = cautions.filter((one) => cautionHolds[one](candidate));
  return cautious.length > 0 ? { kind: "cautious", cautions: cautious } : { kind: "chosen" };
}

/** Whether it goes into a run: chosen by itself, or ticked with a reason where that is needed. */
export function isTaken(verdict: Verdict, tickReason: string | undefined): boolean {
  switch (verdict.kind) {
    case "chosen":
      return true;
    case "cautious":
      return tickReason !== undefined && tickReason.trim() !== "";
    case "refused":
      return false;
  }
}

export const refusalTexts: Readonly<Record<Refusal, string>> = {
  inbound: "It failed on its way in: only its sender can send it again.",
  arrived: "It arrived. Sending it again would deliver it twice.",
  filtered: "The engine filtered it: it was not meant for this destination.",
  still_queued: "It still waits at the engine, which will send it by itself.",
  in_other_replay: "It is part of another replay that is not over.",
  content_gone: "The engine no longer keeps what was in it, so there is nothing to send.",
  switched_off: "Sending again is not switched on for its source.",
};

export const cautionTexts: Readonly<Record<Caution, string>> = {
  ambiguous: "It may have arrived: it was sent, and the answer did not come.",
  delivered_by_replay: "It was sent again before, and arrived.",
  superseded: "A later message of the same patient or order arrived. This one would put back what it said.",
};

const refusalHolds: Readonly<Record<Refusal, (candidate: Candidate) => boolean>> = {
  inbound: ({ direction }) => direction === "source",
  arrived: ({ outcome }) => outcome === "ok",
  filtered: ({ outcome }) => outcome === "filtered",
  still_queued: ({ outcome, state }) => outcome === "pending" || state === "queued" || state === "pending",
  in_other_replay: ({ isInOpenRun }) => isInOpenRun,
  content_gone: ({ isContentKept }) => isContentKept === false,
  switched_off: ({ isSwitchedOn }) => !isSwitchedOn,
};

const cautionHolds: Readonly<Record<Caution, (candidate: Candidate) => boolean>> = {
  ambiguous: ({ outcome, reason, isUnclearElsewhere }) =>
    isUnclearElsewhere || outcome === "unknown" || (reason !== undefined && isAmbiguous(reason)),
  delivered_by_replay: ({ wasDeliveredByReplay }) => wasDeliveredByReplay,
  superseded: ({ isSuperseded }) => isSuperseded,
};

/** Failures after which the receiver may have the message all the same. */
function isAmbiguous(reason: FailureReason): boolean {
  return ambiguousReasons.includes(reason);
}

const ambiguousReasons: readonly FailureReason[] = ["ack_timeout", "http_5xx", "response_error", "other"];
