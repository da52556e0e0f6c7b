import { createHash } from "node:crypto";
import { reasonAdvice } from "../message/next-step";
import type { FailureReason } from "../message/reason";
import { reasonOfText } from "../message/reason-of-text";
import { scrubErrorText } from "../message/scrub";
import { codesIn, placeIn } from "./fault-codes";
import { wordsOf } from "./text-words";

/** Rises with every change of the rules below. Groups of an older version stay as they were made. */
export const GROUPING_VERSION = 1;

export type FailureFacts = {
  /** What tells one interface from all others, and its leg from all others of it. */
  readonly interface: string;
  readonly destination: string;
  readonly reason?: FailureReason | undefined;
  readonly ackCode?: string | undefined;
  readonly text?: string | undefined;
};

/** How a failure was grouped: everything that went into its fingerprint. Nothing of it is patient data. */
export type Grouping = {
  readonly version: number;
  readonly fingerprint: string;
  readonly reason: FailureReason;
  /** Where in the message: "PID-3". */
  readonly place: string | undefined;
  readonly codes: readonly string[];
  readonly words: readonly string[];
};

/** Failures of the same cause get the same fingerprint, whichever message, patient or hour they are of. */
export function groupingOf(facts: FailureFacts): Grouping {
  const text = scrubErrorText(facts.text ?? "");
  const isNamed = facts.reason !== undefined && facts.reason !== "other";
  const reason = isNamed ? facts.reason : reasonOfText(text);
  const place = placeIn(text);
  const codes = codesIn(text);
  const words = wordsOf(text);
  const parts = [
    GROUPING_VERSION,
    facts.interface,
    facts.destination,
    reason,
    facts.ackCode ?? "",
    place ?? "",
    codes,
    words,
  ];
  const fingerprint = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
  return { version: GROUPING_VERSION, fingerprint, reason, place, codes, words };
}

/** The sentence that names a group: "Required field missing (101): PID-3, to RIS". */
export function groupTitle(of: {
  readonly reason: FailureReason;
  readonly place: string | undefined;
  readonly codes: readonly string[];
  readonly destination: string;
}): string {
  const { title } = reasonAdvice[of.reason];
  const told = [of.place, ...of.codes.filter((code) => !title.includes(code))].filter(
    (part) => part !== undefined,
  );
  return `${told.length === 0 ? title : `${title}: ${told.join(", ")}`}, to ${of.destination}`;
}
