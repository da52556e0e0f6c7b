/** What decides whether an undelivered message may harm: from the metadata of the engine, and OBX-8 where it is known. */
export type ConsequenceFacts = {
  readonly messageType: string | undefined;
  /** OBX-8 of all observations; undefined where the engine tells nothing of content, which is the usual case. */
  readonly abnormalFlags?: readonly string[] | undefined;
  /** OBR-27.6, ORC-7.6 or TQ1-9. */
  readonly priority?: string | undefined;
  /** ORC-1. */
  readonly orderControl?: string | undefined;
  readonly interfaceId: number;
};

/** What an analyst has marked. */
export type ConsequenceMarks = {
  readonly types: readonly string[];
  readonly interfaceIds: readonly number[];
};

export const consequences = [
  "critical-result",
  "stat",
  "order-cancel",
  "admission-undone",
  "merge",
  "marked",
] as const;
export type Consequence = (typeof consequences)[number];

/** Why a message is of high consequence; undefined for all others. */
export function consequenceOf(facts: ConsequenceFacts, marks: ConsequenceMarks): Consequence | undefined {
  if (facts.abnormalFlags?.some((flag) => CRITICAL.has(flag.toUpperCase()))) return "critical-result";
  if (STAT.has(facts.priority?.toUpperCase() ?? "")) return "stat";
  if (CANCEL.has(facts.orderControl?.toUpperCase() ?? "")) return "order-cancel";
  const [kind, event] = (facts.messageType ?? "").toUpperCase().split(/[\^_-]/);
  if (kind === "ADT" && event === "A11") return "admission-undone";
  if (kind === "ADT" && (event === "A40" || event === "A47")) return "merge";
  const isMarked =
    marks.interfaceIds.includes(facts.interfaceId) ||
    marks.types.some((type) => isOfType(type.toUpperCase().split(/[\^_-]/), kind, event));
  return isMarked ? "marked" : undefined;
}

/** HL7 table 0078: beyond panic limits low and high, very abnormal; "C" and "CR" are what laboratories add. */
const CRITICAL: ReadonlySet<string> = new Set(["LL", "HH", "AA", "C", "CR", "PANIC"]);
/** HL7 tables 0027 and 0485. */
const STAT: ReadonlySet<string> = new Set(["S", "STAT"]);
/** HL7 table 0119: cancel, discontinue, and what a filler says of them. */
const CANCEL: ReadonlySet<string> = new Set(["CA", "OC", "CR", "DC", "OD", "DR"]);

function isOfType(
  [markedKind, markedEvent]: readonly string[],
  kind: string | undefined,
  event: string | undefined,
): boolean {
  return markedKind === kind && (markedEvent === undefined || markedEvent === event);
}
