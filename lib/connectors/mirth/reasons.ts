import { type AckCode, ackCodes } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";
import { ackReasons, reasonOfText } from "@/lib/core/message/reason-of-text";

/** What is known of one failure. Empty texts where the engine keeps none. */
export type FailureFacts = {
  readonly errorText: string;
  readonly responseText: string;
  readonly httpStatus: number | undefined;
  /** The response is the partner's. At a source it is the engine's own, which says that it failed and not why. */
  readonly isPartner: boolean;
};

/**
 * The cause of a failure, normalised. The engine words an error as "<what> error", then `ERROR MESSAGE: …`, then a Java
 * stack whose class names are the surest sign. Partners' answers come before transport words: a partner that answered
 * was reached.
 */
export function reasonOf(facts: FailureFacts): FailureReason {
  const ack = facts.isPartner ? ackCodeOf(facts.responseText) : undefined;
  if (ack !== undefined && ack !== "AA" && ack !== "CA") return ackReasons[ack];
  const { httpStatus } = facts;
  if (httpStatus !== undefined && httpStatus >= 500) return "http_5xx";
  if (httpStatus !== undefined && httpStatus >= 400) return "http_4xx";
  return reasonOfText(facts.errorText);
}

/** MSA-1 of an HL7 v2 acknowledgement, wherever it stands in the text. */
export function ackCodeOf(responseText: string): AckCode | undefined {
  const code = /(?:^|[\r\n])MSA\|([A-Z]{2})(?:\||\s|$)/.exec(responseText)?.[1];
  return ackCodes.find((known) => known === code);
}
