import { AppError } from "@/lib/core/errors";
import { paddedText, writeElement } from "@/lib/core/formats/dicom/write-dataset";

/** Command fields (PS3.7, annex E); an answer's is its request's with the highest bit set. */
export const commandFields = {
  findRequest: 0x0020,
  findResponse: 0x8020,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
  setRequest: 0x0120,
  setResponse: 0x8120,
  createRequest: 0x0140,
  createResponse: 0x8140,
  cancelRequest: 0x0fff,
} as const;

/** Statuses (PS3.7, annex C). Pending answers of a search say whether all keys were understood. */
export const statuses = {
  success: 0x0000,
  pending: 0xff00,
  pendingUnsupported: 0xff01,
  cancelled: 0xfe00,
  processingFailure: 0x0110,
  unrecognisedOperation: 0x0211,
} as const;

/** The command of a DIMSE message. */
export type Command = {
  readonly field: number;
  readonly messageId?: number;
  readonly respondsTo?: number;
  readonly status?: number;
  readonly hasDataset: boolean;
  readonly affectedClass?: string;
  readonly requestedClass?: string;
  readonly affectedInstance?: string;
  readonly requestedInstance?: string;
};

const NO_DATASET = 0x0101;
const SOME_DATASET = 0x0000;

/** A command set is implicit little endian whatever the presentation context is (PS3.7, 6.3.1). */
export function writeCommand(command: Command & { readonly priority?: number }): Buffer {
  const elements = [
    ...uid("00000002", command.affectedClass),
    ...uid("00000003", command.requestedClass),
    ...number("00000100", command.field),
    ...number("00000110", command.messageId),
    ...number("00000120", command.respondsTo),
    ...number("00000700", command.priority),
    ...number("00000800", command.hasDataset ? SOME_DATASET : NO_DATASET),
    ...number("00000900", command.status),
    ...uid("00001000", command.affectedInstance),
    ...uid("00001001", command.requestedInstance),
  ];
  const body = Buffer.concat(elements);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([writeElement("00000000", length), body]);
}

/** @throws AppError source_protocol for bytes that are no command set */
export function readCommand(bytes: Buffer): Command {
  const numbers = new Map<number, number>();
  const texts = new Map<number, string>();
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length) throw broken();
    const [group, element] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (group !== 0 || end > bytes.length) throw broken();
    const value = bytes.subarray(at + 8, end);
    if (value.length === 2) numbers.set(element, value.readUInt16LE());
    texts.set(element, value.toString("latin1").replaceAll("\u0000", "").trim());
    at = end;
  }
  const field = numbers.get(0x0100);
  const dataset = numbers.get(0x0800);
  if (field === undefined || dataset === undefined) throw broken();
  const given = {
    messageId: numbers.get(0x0110),
    respondsTo: numbers.get(0x0120),
    status: numbers.get(0x0900),
    affectedClass: texts.get(0x0002),
    requestedClass: texts.get(0x0003),
    affectedInstance: texts.get(0x1000),
    requestedInstance: texts.get(0x1001),
  };
  return { field, hasDataset: dataset !== NO_DATASET, ...withoutAbsent(given) };
}

type Given = { readonly [K in keyof Command]?: Command[K] | undefined };

function withoutAbsent(given: Given): Partial<Command> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function uid(tag: string, text: string | undefined): readonly Buffer[] {
  return text === undefined ? [] : [writeElement(tag, paddedText(text, "UI"))];
}

function number(tag: string, value: number | undefined): readonly Buffer[] {
  if (value === undefined) return [];
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return [writeElement(tag, bytes)];
}

function broken(): AppError {
  return new AppError("source_protocol", "These bytes are no DIMSE command.", {
    info: { kind: "not_dicom" },
  });
}
