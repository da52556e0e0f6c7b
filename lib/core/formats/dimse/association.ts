import { AppError } from "@/lib/core/errors";
import { MAX_PDU_BYTES, pduTypes, writePdu } from "./pdu";

/** What is spoken about in one presentation context: a service and how its data sets are written. */
export type ProposedContext = {
  readonly id: number;
  readonly service: string;
  readonly syntaxes: readonly string[];
};

/** An answer to a proposed context; 0 = accepted (PS3.8, 9.3.3.2). */
export type AnsweredContext = { readonly id: number; readonly result: number; readonly syntax: string };

export type AssociateRequest = {
  readonly calledAe: string;
  readonly callingAe: string;
  readonly contexts: readonly ProposedContext[];
  /** The longest unit that the other side takes; undefined: any. */
  readonly maxBytes: number | undefined;
};

export type AssociateAnswer = {
  readonly contexts: readonly AnsweredContext[];
  readonly maxBytes: number | undefined;
};

export const syntaxes = {
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
} as const;

const APPLICATION = "1.2.840.10008.3.1.1.1";
/** A UID made of a UUID (PS3.5, B.2), which names this implementation. */
const IMPLEMENTATION = "2.25.215867482059736102748351950617283940561";
const IMPLEMENTATION_NAME = "SIGNALBOX";

export function writeAssociateRequest(request: Omit<AssociateRequest, "maxBytes">): Buffer {
  const contexts = request.contexts.map(({ id, service, syntaxes: proposed }) =>
    item(0x20, Buffer.from([id, 0, 0, 0]), text(0x30, service), ...proposed.map((one) => text(0x40, one))),
  );
  return writePdu(
    pduTypes.associateRequest,
    Buffer.concat([titles(request), application(), ...contexts, userInfo()]),
  );
}

/** Names of both sides are repeated as they came (PS3.8, 9.3.3). */
export function writeAssociateAccept(
  request: Pick<AssociateRequest, "calledAe" | "callingAe">,
  contexts: readonly AnsweredContext[],
): Buffer {
  const items = contexts.map(({ id, result, syntax }) =>
    item(0x21, Buffer.from([id, 0, result, 0]), text(0x40, syntax)),
  );
  return writePdu(
    pduTypes.associateAccept,
    Buffer.concat([titles(request), application(), ...items, userInfo()]),
  );
}

/** Result 1: for good; 2: for now. Source and reason as in PS3.8, 9.3.4. */
export function writeAssociateReject(why: {
  readonly result: 1 | 2;
  readonly source: number;
  readonly reason: number;
}) {
  return writePdu(pduTypes.associateReject, Buffer.from([0, why.result, why.source, why.reason]));
}

/** @throws AppError source_protocol */
export function readAssociateRequest(body: Buffer): AssociateRequest {
  const { calledAe, callingAe, items } = readAssociate(body);
  const contexts = items.flatMap(({ type, value }): readonly ProposedContext[] => {
    if (type !== 0x20 || value.length < 4) return [];
    const inner = readItems(value.subarray(4));
    const service = inner.find((one) => one.type === 0x30);
    const proposed = inner.filter((one) => one.type === 0x40).map((one) => plain(one.value));
    return service === undefined
      ? []
      : [{ id: value[0] ?? 0, service: plain(service.value), syntaxes: proposed }];
  });
  return { calledAe, callingAe, contexts: contexts.slice(0, MAX_CONTEXTS), maxBytes: maxBytesOf(items) };
}

/** @throws AppError source_protocol */
export function readAssociateAccept(body: Buffer): AssociateAnswer {
  const { items } = readAssociate(body);
  const contexts = items.flatMap(({ type, value }): readonly AnsweredContext[] => {
    if (type !== 0x21 || value.length < 4) return [];
    const syntax = readItems(value.subarray(4)).find((one) => one.type === 0x40);
    return [
      { id: value[0] ?? 0, result: value[2] ?? 1, syntax: syntax === undefined ? "" : plain(syntax.value) },
    ];
  });
  return { contexts: contexts.slice(0, MAX_CONTEXTS), maxBytes: maxBytesOf(items) };
}

/** Odd numbers from 1 to 255 (PS3.8, 9.3.2.2). */
const MAX_CONTEXTS = 128;
/** Version, two reserved bytes, two titles of 16 characters, 32 reserved bytes. */
const FIXED_BYTES = 68;

type Item = { readonly type: number; readonly value: Buffer };

function readAssociate(body: Buffer) {
  if (body.length < FIXED_BYTES) throw broken();
  return {
    calledAe: body.toString("latin1", 4, 20).trim(),
    callingAe: body.toString("latin1", 20, 36).trim(),
    items: readItems(body.subarray(FIXED_BYTES)),
  };
}

function readItems(bytes: Buffer): readonly Item[] {
  const items: Item[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw broken();
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw broken();
    items.push({ type: bytes[at] ?? 0, value: bytes.subarray(at + 4, end) });
    at = end;
  }
  return items;
}

function maxBytesOf(items: readonly Item[]): number | undefined {
  const user = items.find(({ type }) => type === 0x50);
  const length = user && readItems(user.value).find(({ type }) => type === 0x51);
  const bytes = length?.value.length === 4 ? length.value.readUInt32BE() : 0;
  return bytes === 0 ? undefined : bytes;
}

function titles({ calledAe, callingAe }: Pick<AssociateRequest, "calledAe" | "callingAe">): Buffer {
  const head = Buffer.alloc(FIXED_BYTES);
  head.writeUInt16BE(1, 0);
  head.write(calledAe.padEnd(16).slice(0, 16), 4, "latin1");
  head.write(callingAe.padEnd(16).slice(0, 16), 20, "latin1");
  return head;
}

function application(): Buffer {
  return text(0x10, APPLICATION);
}

function userInfo(): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(MAX_PDU_BYTES);
  return item(0x50, item(0x51, length), text(0x52, IMPLEMENTATION), text(0x55, IMPLEMENTATION_NAME));
}

function text(type: number, value: string): Buffer {
  return item(type, Buffer.from(value, "latin1"));
}

function item(type: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** UIDs may be filled up by NUL. */
function plain(value: Buffer): string {
  return value.toString("latin1").replaceAll("\u0000", "").trim();
}

function broken(): AppError {
  return new AppError("source_protocol", "What came is no DICOM association.", {
    info: { kind: "not_dicom" },
  });
}
