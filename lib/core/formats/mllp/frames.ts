import { createByteQueue } from "../byte-queue";

/** Bytes around a message: <VT> message <FS><CR> (HL7 v2.9, appendix C; "Transport Specification: MLLP", release 2). */
const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;
const LF = 0x0a;

/** What came over a connection: a whole block's content, or bytes that are none, with what is wrong with them. */
export type MllpPiece =
  | { readonly kind: "message"; readonly bytes: Buffer }
  | { readonly kind: "broken"; readonly problem: MllpProblem; readonly bytes: Buffer };

/** `cut_off`: another block began, or the connection ended, before the end of this one. `too_long`: beyond the limit. */
export type MllpProblem = "outside_block" | "cut_off" | "too_long";

export type MllpReader = {
  /** Takes the next bytes of the connection, however they were split. */
  readonly feed: (chunk: Buffer) => readonly MllpPiece[];
  /** Says that the connection has ended. */
  readonly end: () => readonly MllpPiece[];
  /** Whether a block has begun and not ended. */
  readonly isInside: () => boolean;
};

/**
 * Reads blocks from one connection. Line ends between blocks are nothing; a block may end without its CR when the next
 * follows; a VT inside a message is text (people paste it) unless a header segment stands behind it. After a block that is
 * too long, what follows up to the next block is dropped; every other byte is given back exactly once.
 */
export function createMllpReader(limit: { readonly maxBytes: number }): MllpReader {
  const pending = createByteQueue();
  let state: State = "between";
  /** Bytes of `pending` that were looked at already and end nothing. */
  let scanned = 0;

  const take = (length: number): Buffer => {
    scanned = 0;
    return pending.take(length);
  };

  // One step: a piece, "more" when something was consumed, undefined when more bytes are needed.
  const step = (): MllpPiece | "more" | undefined => {
    const bytes = pending.bytes();
    if (bytes.length === 0) return undefined;
    switch (state) {
      case "between":
        return between(bytes);
      case "inside":
        return inside(bytes);
      case "dropping":
        return dropping(bytes);
    }
  };

  const between = (bytes: Buffer): MllpPiece | "more" => {
    const start = bytes.indexOf(VT);
    const outside = take(start < 0 ? bytes.length : start);
    if (start >= 0) {
      take(1);
      state = "inside";
    }
    return isBlank(outside) ? "more" : { kind: "broken", problem: "outside_block", bytes: outside };
  };

  const inside = (bytes: Buffer): MllpPiece | "more" | undefined => {
    const mark = findMark(bytes, scanned);
    if (mark.kind === "end") {
      const message = take(mark.at);
      take(mark.length);
      state = "between";
      return { kind: "message", bytes: message };
    }
    if (mark.kind === "restart") {
      const cut = take(mark.at);
      take(1);
      return { kind: "broken", problem: "cut_off", bytes: cut };
    }
    scanned = mark.at;
    if (bytes.length <= limit.maxBytes) return undefined;
    state = "dropping";
    return { kind: "broken", problem: "too_long", bytes: take(bytes.length) };
  };

  const dropping = (bytes: Buffer): "more" | undefined => {
    const mark = findMark(bytes, 0);
    take(mark.at + (mark.kind === "end" ? mark.length : mark.kind === "restart" ? 1 : 0));
    if (mark.kind === "none") return undefined;
    state = mark.kind === "end" ? "between" : "inside";
    return "more";
  };

  const drain = (): MllpPiece[] => {
    const pieces: MllpPiece[] = [];
    for (let next = step(); next !== undefined; next = step()) if (next !== "more") pieces.push(next);
    return pieces;
  };

  return {
    feed: (chunk) => {
      pending.append(chunk);
      return drain();
    },
    end: () => {
      const rest = take(pending.bytes().length);
      if (state !== "inside") return [];
      state = "between";
      // <FS> was the last byte ever sent: the block is whole but for its CR.
      if (rest.at(-1) === FS) return [{ kind: "message", bytes: rest.subarray(0, -1) }];
      return [{ kind: "broken", problem: "cut_off", bytes: rest }];
    },
    isInside: () => state !== "between",
  };
}

/** Puts a message into a block. */
export function frameMllp(message: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from([VT]), Buffer.from(message), Buffer.from([FS, CR])]);
}

type State = "between" | "inside" | "dropping";

type Mark =
  | { readonly kind: "end"; readonly at: number; readonly length: number }
  | { readonly kind: "restart"; readonly at: number }
  /** Nothing ends before `at`; from there on more bytes are needed to tell. */
  | { readonly kind: "none"; readonly at: number };

/** The first end of a block, or beginning of another, from `from` on. */
function findMark(bytes: Buffer, from: number): Mark {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== FS && byte !== VT) continue;
    const mark = byte === FS ? endAt(bytes, at) : restartAt(bytes, at);
    if (mark !== undefined) return mark;
  }
  return { kind: "none", at: bytes.length };
}

function endAt(bytes: Buffer, at: number): Mark | undefined {
  const next = bytes[at + 1];
  if (next === undefined) return { kind: "none", at };
  if (next === CR) return { kind: "end", at, length: 2 };
  if (next === VT || next === LF) return { kind: "end", at, length: 1 };
  return undefined;
}

function restartAt(bytes: Buffer, at: number): Mark | undefined {
  const behind = bytes.toString("latin1", at + 1, at + 4);
  if (headers.includes(behind)) return { kind: "restart", at };
  const isOpen = at + 4 > bytes.length && headers.some((header) => header.startsWith(behind));
  return isOpen ? { kind: "none", at } : undefined;
}

const headers = ["MSH", "FHS", "BHS"];

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === CR || byte === LF);
}
