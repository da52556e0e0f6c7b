import { createByteQueue } from "../byte-queue";
import { blanksAt, type Cut, cutFirst, findBegin, LONGEST_BEGIN, type SyslogProblem } from "./frame-cut";

/**
 * What came over a connection: a whole message, or bytes that are none. `isMiscounted`: its length was announced wrongly
 * and is taken from what stands around it.
 */
export type SyslogPiece =
  | { readonly kind: "message"; readonly bytes: Buffer; readonly isMiscounted: boolean }
  | { readonly kind: "broken"; readonly problem: SyslogProblem; readonly bytes: Buffer };

export type SyslogReader = {
  /** Takes the next bytes of the connection, however they were split. */
  readonly feed: (chunk: Buffer) => readonly SyslogPiece[];
  /** Says that the connection has ended, or has been silent for so long that what is held will not go on. */
  readonly end: () => readonly SyslogPiece[];
  /** Whether bytes are held that are no whole message yet. */
  readonly isInside: () => boolean;
};

/**
 * Reads messages from one connection (RFC 5425 and 6587): counted octets, `MSG-LEN SP SYSLOG-MSG`, or, where one begins
 * with its PRI, ended by NUL, by the end of its document or by the next. Some senders count characters instead of octets,
 * so a count is believed only where it fits what stands there. Every byte is given back exactly once, but for counts,
 * blanks between messages, and what is beyond the limit.
 */
export function createSyslogReader({ maxBytes }: { readonly maxBytes: number }): SyslogReader {
  const pending = createByteQueue();
  let isDropping = false;
  let scanned = 0;

  const take = (length: number): Buffer => {
    scanned = 0;
    return pending.take(length);
  };

  const drop = (): boolean => {
    const bytes = pending.bytes();
    const at = findBegin(bytes);
    isDropping = at === undefined;
    take(at ?? Math.max(0, bytes.length - LONGEST_BEGIN));
    return !isDropping;
  };

  const pieceOf = (cut: Exclude<Cut, { readonly kind: "wait" }>): SyslogPiece => {
    if (cut.kind === "message") {
      take(cut.from);
      return { kind: "message", bytes: take(cut.to - cut.from), isMiscounted: cut.isMiscounted };
    }
    isDropping = cut.problem === "too_long";
    return { kind: "broken", problem: cut.problem, bytes: take(cut.to) };
  };

  const drain = (isOver: boolean): SyslogPiece[] => {
    const pieces: SyslogPiece[] = [];
    for (;;) {
      if (isDropping && !drop()) return pieces;
      const blanks = blanksAt(pending.bytes(), 0);
      if (blanks > 0) take(blanks);
      const bytes = pending.bytes();
      if (bytes.length === 0) return pieces;
      const cut = cutFirst(bytes, { maxBytes, scanned, isOver });
      if (cut.kind === "wait") {
        scanned = cut.scanned;
        return pieces;
      }
      pieces.push(pieceOf(cut));
    }
  };

  return {
    feed: (chunk) => {
      pending.append(chunk);
      return drain(false);
    },
    end: () => drain(true),
    isInside: () => !isDropping && pending.bytes().length > 0,
  };
}
