import { AppError } from "@/lib/core/errors";
import { type Command, readCommand, writeCommand } from "./command";
import { pduTypes, writePdu } from "./pdu";

/** A whole message: its command, and its data set where it has one. */
export type DimseMessage = {
  readonly contextId: number;
  readonly command: Command;
  readonly dataset: Buffer | undefined;
};

export type MessageReader = {
  /** Takes the body of the next data unit. @throws AppError source_protocol */
  readonly feed: (body: Buffer) => readonly DimseMessage[];
  /** Whether a message has begun and not ended. */
  readonly isInside: () => boolean;
};

const IS_COMMAND = 1;
const IS_LAST = 2;

/** Puts messages together from their fragments (PS3.8, annex E). One longer than the limit is refused. */
export function createMessageReader(limit: { readonly maxBytes: number }): MessageReader {
  let fragments: Buffer[] = [];
  let held = 0;
  let command: { readonly contextId: number; readonly command: Command } | undefined;

  const whole = (): Buffer => {
    const bytes = Buffer.concat(fragments);
    fragments = [];
    return bytes;
  };

  const end = (isCommand: boolean, contextId: number): DimseMessage | undefined => {
    const bytes = whole();
    if (isCommand !== (command === undefined)) throw broken();
    const begun = command ?? { contextId, command: readCommand(bytes) };
    const isOver = !isCommand || !begun.command.hasDataset;
    command = isOver ? undefined : begun;
    if (!isOver) return undefined;
    held = 0;
    return { ...begun, dataset: isCommand ? undefined : bytes };
  };

  return {
    feed: (body) => {
      const messages: DimseMessage[] = [];
      for (const { contextId, flags, value } of fragmentsOf(body)) {
        held += value.length;
        if (held > limit.maxBytes) throw broken();
        fragments.push(value);
        if ((flags & IS_LAST) === 0) continue;
        const message = end((flags & IS_COMMAND) !== 0, contextId);
        if (message !== undefined) messages.push(message);
      }
      return messages;
    },
    isInside: () => fragments.length > 0 || command !== undefined,
  };
}

/** A message as data units that the other side takes. */
export function writeMessage(
  message: { readonly contextId: number; readonly command: Command & { readonly priority?: number } } & {
    readonly dataset?: Buffer;
  },
  maxBytes: number | undefined,
): Buffer {
  const { contextId, command, dataset } = message;
  const most = Math.max(MIN_FRAGMENT, Math.min(maxBytes ?? USUAL_BYTES, USUAL_BYTES) - FRAGMENT_HEAD);
  const parts = [fragmented(writeCommand(command), { contextId, flags: IS_COMMAND, most })];
  if (dataset !== undefined) parts.push(fragmented(dataset, { contextId, flags: 0, most }));
  return Buffer.concat(parts);
}

const USUAL_BYTES = 16_384;
const MIN_FRAGMENT = 1_024;
/** Length, context and flags. */
const FRAGMENT_HEAD = 6;

function fragmented(
  bytes: Buffer,
  as: { readonly contextId: number; readonly flags: number; readonly most: number },
): Buffer {
  const units: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += as.most) {
    const value = bytes.subarray(at, at + as.most);
    const isLast = at + as.most >= bytes.length;
    const head = Buffer.alloc(FRAGMENT_HEAD);
    head.writeUInt32BE(value.length + 2, 0);
    head.writeUInt8(as.contextId, 4);
    head.writeUInt8(as.flags | (isLast ? IS_LAST : 0), 5);
    units.push(writePdu(pduTypes.data, Buffer.concat([head, value])));
  }
  return Buffer.concat(units);
}

function fragmentsOf(body: Buffer) {
  const fragments: { readonly contextId: number; readonly flags: number; readonly value: Buffer }[] = [];
  for (let at = 0; at < body.length; ) {
    if (at + FRAGMENT_HEAD > body.length) throw broken();
    const end = at + 4 + body.readUInt32BE(at);
    if (end > body.length || end < at + FRAGMENT_HEAD) throw broken();
    fragments.push({
      contextId: body[at + 4] ?? 0,
      flags: body[at + 5] ?? 0,
      value: body.subarray(at + FRAGMENT_HEAD, end),
    });
    at = end;
  }
  return fragments;
}

function broken(): AppError {
  return new AppError("source_protocol", "What came is no DIMSE message.", { info: { kind: "not_dicom" } });
}
