import type { SearchParams } from "../time/range-query";
import {
  type AckCode,
  ackCodes,
  type Direction,
  directions,
  type MessageState,
  messageStates,
  type Outcome,
  outcomes,
} from "./outcome";
import { type FailureReason, failureReasons } from "./reason";

/** Which deliveries a list shows, besides its time range. Undefined = any. None of it says anything about a patient. */
export type MessageFilter = {
  readonly sourceId?: number;
  /** The class that people gave an interface: all interfaces of it. */
  readonly messageClass?: string;
  readonly interfaceId?: number;
  readonly legId?: number;
  readonly direction?: Direction;
  readonly outcome?: Outcome;
  /** Whose first attempt failed, whatever became of it later. */
  readonly firstOutcome?: "failed";
  readonly state?: MessageState;
  readonly ackCode?: AckCode;
  readonly reason?: FailureReason;
  /** Beginning of the message type: "ORM" finds ORM^O01. */
  readonly type?: string;
  /** Latency of at least this many milliseconds. */
  readonly minMs?: number;
  /** Latency below this many milliseconds. */
  readonly maxMs?: number;
};

/** Names of the filter in the address bar. */
export const filterParams = {
  interfaceId: "interface",
  legId: "leg",
  direction: "direction",
  outcome: "outcome",
  firstOutcome: "first",
  state: "state",
  ackCode: "ack",
  reason: "reason",
  type: "type",
  minMs: "min",
  maxMs: "max",
  sourceId: "source",
  messageClass: "class",
} as const satisfies Record<keyof MessageFilter, string>;

/** Reads a filter from a page's search parameters. What cannot be read is left out and named in `ignored`. */
export function parseMessageFilter(params: SearchParams): {
  readonly filter: MessageFilter;
  readonly ignored: readonly string[];
} {
  const ignored: string[] = [];
  const read = <Key extends keyof MessageFilter>(key: Key, parse: Parser<Key>) => {
    const raw = params[filterParams[key]];
    const text = typeof raw === "string" ? raw : raw?.[0];
    if (!text) return {};
    const value = parse(text);
    if (value === undefined) ignored.push(filterParams[key]);
    return value === undefined ? {} : { [key]: value };
  };
  const filter: MessageFilter = {
    ...read("sourceId", wholeNumber),
    ...read("messageClass", (text) => (text.length <= 120 ? text : undefined)),
    ...read("interfaceId", wholeNumber),
    ...read("legId", wholeNumber),
    ...read("direction", oneOf(directions)),
    ...read("outcome", oneOf(outcomes)),
    ...read("firstOutcome", oneOf(["failed"])),
    ...read("state", oneOf(messageStates)),
    ...read("ackCode", oneOf(ackCodes)),
    ...read("reason", oneOf(failureReasons)),
    ...read("type", (text) => (/^[A-Za-z0-9_^ -]{1,64}$/.test(text) ? text : undefined)),
    ...read("minMs", wholeNumber),
    ...read("maxMs", wholeNumber),
  };
  return { filter, ignored };
}
type Parser<Key extends keyof MessageFilter> = (text: string) => MessageFilter[Key] | undefined;

/** The inverse of parseMessageFilter. */
export function printMessageFilter(filter: MessageFilter): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filterKeys.flatMap((key) => {
      const value = filter[key];
      return value === undefined ? [] : [[filterParams[key], String(value)]];
    }),
  );
}

/** True where an index finds the rows: by leg, by time and among the failed. Everything else is looked for row by row. */
export function isIndexed(filter: MessageFilter): boolean {
  const { firstOutcome, state, ackCode, reason, type, minMs, maxMs, outcome } = filter;
  const searched = [firstOutcome, state, ackCode, reason, type, minMs, maxMs];
  return searched.every((value) => value === undefined) && (outcome === undefined || outcome === "failed");
}

const filterKeys = [
  "sourceId",
  "messageClass",
  "interfaceId",
  "legId",
  "direction",
  "outcome",
  "firstOutcome",
  "state",
  "ackCode",
  "reason",
  "type",
  "minMs",
  "maxMs",
] as const satisfies readonly (keyof MessageFilter)[];

function oneOf<Value extends string>(values: readonly Value[]) {
  return (text: string) => values.find((value) => value === text);
}

function wholeNumber(text: string): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value <= 2_147_483_647 ? value : undefined;
}
