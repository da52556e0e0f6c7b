/** `cut_off`: it ended, or fell silent, before its end. `too_long`: beyond the limit. */
export type SyslogProblem = "outside_frame" | "cut_off" | "too_long";

/** What the first bytes that are held are: up to `to`, and of a message from `from` on. */
export type Cut =
  /** More bytes are needed; nothing before `scanned` ends what is there. */
  | { readonly kind: "wait"; readonly scanned: number }
  | { readonly kind: "message"; readonly from: number; readonly to: number; readonly isMiscounted: boolean }
  | { readonly kind: "broken"; readonly problem: SyslogProblem; readonly to: number };

export type CutAsk = {
  readonly maxBytes: number;
  /** What an earlier look at the same bytes said. */
  readonly scanned: number;
  /** Nothing more will come. */
  readonly isOver: boolean;
};

/** Longest begin of a message that is looked for: count, blank, PRI, version, blank. */
export const LONGEST_BEGIN = 20;
/** Longest end of a document: a prefix may stand in it. */
const LONGEST_CLOSE = 100;

/** Finds where the first message of `bytes` ends, which do not begin with a blank. */
export function cutFirst(bytes: Buffer, ask: CutAsk): Cut {
  const head = /^([1-9]\d{0,7}) (?=<\d)/.exec(bytes.toString("latin1", 0, LONGEST_BEGIN));
  if (head !== null) return cutCounted(bytes, { ...ask, from: head[0].length, length: Number(head[1]) });
  if (couldBegin(bytes) && !ask.isOver) return { kind: "wait", scanned: 0 };
  if (/^<\d{1,3}>/.test(bytes.toString("latin1", 0, LONGEST_BEGIN))) {
    return cutUncounted(bytes, { ...ask, from: 0, minimum: 0, isMiscounted: false });
  }
  const next = findFrom(BEGIN, bytes, Math.max(1, ask.scanned - LONGEST_BEGIN));
  if (next !== undefined) return { kind: "broken", problem: "outside_frame", to: next.at };
  if (!ask.isOver && bytes.length <= ask.maxBytes) return { kind: "wait", scanned: bytes.length };
  return { kind: "broken", problem: "outside_frame", to: bytes.length };
}

/** Where the next message begins, if one does: for bytes that are dropped. */
export function findBegin(bytes: Buffer): number | undefined {
  return findFrom(BEGIN, bytes, 0)?.at;
}

/** Line ends, NUL and blanks from `at` on: nothing, between messages. */
export function blanksAt(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && isBlank(bytes[end])) end += 1;
  return end - at;
}

type Counted = CutAsk & { readonly from: number; readonly length: number };

function cutCounted(bytes: Buffer, ask: Counted): Cut {
  const { from, length, isOver } = ask;
  if (length > ask.maxBytes) return { kind: "broken", problem: "too_long", to: bytes.length };
  const end = from + length;
  const isWhole = bytes.length >= end;
  if (!isWhole && !isOver) return { kind: "wait", scanned: 0 };
  const body = bytes.subarray(from, end);
  const within = isWhole ? endBeforeBegin(body) : endOfDocument(body);
  if (within !== undefined) return { kind: "message", from, to: from + within, isMiscounted: true };
  if (!isWhole) return { kind: "broken", problem: "cut_off", to: bytes.length };
  const rest = bytes.subarray(end + blanksAt(bytes, end));
  const exact: Cut = { kind: "message", from, to: end, isMiscounted: false };
  if (isClosed(body) || beginsAt(rest)) return exact;
  if (couldBegin(rest)) return isOver ? exact : { kind: "wait", scanned: 0 };
  return cutUncounted(bytes, { ...ask, minimum: end, isMiscounted: true });
}

type Uncounted = CutAsk & {
  readonly from: number;
  /** It ends no sooner than here. */
  readonly minimum: number;
  readonly isMiscounted: boolean;
};

/** A message whose end is told by what is there: the end of its document, NUL, or the begin of the next. */
function cutUncounted(bytes: Buffer, ask: Uncounted): Cut {
  const { from, minimum, isMiscounted, isOver } = ask;
  const found = findFrom(
    END,
    bytes,
    Math.max(from + 1, minimum - LONGEST_CLOSE, ask.scanned - LONGEST_CLOSE),
  );
  const to = found === undefined ? undefined : Math.max(found.end, minimum);
  if (to !== undefined) return { kind: "message", from, to, isMiscounted };
  if (isOver) return { kind: "message", from, to: bytes.length, isMiscounted };
  if (bytes.length <= ask.maxBytes) return { kind: "wait", scanned: bytes.length };
  return { kind: "broken", problem: "too_long", to: bytes.length };
}

const BEGIN = /(?:[1-9]\d{0,7} )?<\d{1,3}>[1-9]\d? /g;
const CLOSE = /<\/(?:[\w.-]{1,64}:)?(?:AuditMessage|IHEYr4)\s{0,8}>/g;
const END = new RegExp(
  `${CLOSE.source}|(?=[\\0\\n]${BEGIN.source})|(?=[1-9]\\d{0,7} <\\d{1,3}>[1-9]\\d? )|(?=\\0)`,
  "g",
);

/**
 * The first match from an index on, by bytes: Latin-1 has one character for each. Looked for window by window, so that what
 * is near is found without reading all that is held; windows overlap by the longest match.
 */
function findFrom(
  pattern: RegExp,
  bytes: Buffer,
  from: number,
): { readonly at: number; readonly end: number } | undefined {
  let size = FIRST_WINDOW;
  for (let start = from; start < bytes.length; ) {
    pattern.lastIndex = 0;
    const match = pattern.exec(bytes.toString("latin1", start, start + size + LONGEST_CLOSE));
    if (match !== null) {
      const at = start + match.index;
      return { at, end: at + match[0].length };
    }
    start += size;
    size = Math.min(2 * size, LARGEST_WINDOW);
  }
  return undefined;
}

const FIRST_WINDOW = 128;
const LARGEST_WINDOW = 65_536;

/** Where a document within ends, behind which another message begins: the count was too large. */
function endBeforeBegin(body: Buffer): number | undefined {
  // Every message has this once, behind its PRI.
  if (body.indexOf(">1 ", 6, "latin1") < 0) return undefined;
  const end = endOfDocument(body);
  if (end === undefined) return undefined;
  return beginsAt(body.subarray(end + blanksAt(body, end))) ? end : undefined;
}

function endOfDocument(body: Buffer): number | undefined {
  return findFrom(CLOSE, body, 0)?.end;
}

function isClosed(body: Buffer): boolean {
  return /<\/(?:[\w.-]{1,64}:)?(?:AuditMessage|IHEYr4)\s{0,8}>\s*$/.test(
    body.toString("latin1", Math.max(0, body.length - LONGEST_CLOSE)),
  );
}

function beginsAt(bytes: Buffer): boolean {
  return /^(?:[1-9]\d{0,7} )?<\d{1,3}>/.test(bytes.toString("latin1", 0, LONGEST_BEGIN));
}

/** Whether more bytes could make these the begin of a message: nothing at all could. */
function couldBegin(bytes: Buffer): boolean {
  if (bytes.length > LONGEST_BEGIN) return false;
  return /^(?:[1-9]\d{0,7}(?: (?:<\d{0,3})?)?|<\d{0,3})?$/.test(bytes.toString("latin1"));
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0;
}
