import { AppError } from "@/lib/core/errors";
import { createByteQueue } from "../byte-queue";

/** Kinds of protocol data units of the upper layer (PS3.8, 9.3). */
export const pduTypes = {
  associateRequest: 1,
  associateAccept: 2,
  associateReject: 3,
  data: 4,
  releaseRequest: 5,
  releaseResponse: 6,
  abort: 7,
} as const;

export type Pdu = { readonly type: number; readonly body: Buffer };

/** What we say is the longest unit that we take; others often send units of exactly this length. */
export const MAX_PDU_BYTES = 65_536;

export type PduReader = {
  /** Takes the next bytes of the connection, however they were split. @throws AppError source_protocol */
  readonly feed: (chunk: Buffer) => readonly Pdu[];
  /** Whether a unit has begun and not ended. */
  readonly isInside: () => boolean;
};

/** Reads units from one connection. A length beyond what we said is refused before any of it is kept. */
export function createPduReader(): PduReader {
  const pending = createByteQueue();
  return {
    feed: (chunk) => {
      pending.append(chunk);
      const units: Pdu[] = [];
      for (;;) {
        const bytes = pending.bytes();
        if (bytes.length > 0 && (bytes[0] === 0 || (bytes[0] ?? 0) > 7)) throw broken();
        if (bytes.length < HEAD_BYTES) return units;
        const length = bytes.readUInt32BE(2);
        if (length > MAX_PDU_BYTES + HEAD_BYTES) throw broken();
        if (bytes.length < HEAD_BYTES + length) return units;
        const unit = pending.take(HEAD_BYTES + length);
        units.push({ type: unit[0] ?? 0, body: unit.subarray(HEAD_BYTES) });
      }
    },
    isInside: () => pending.bytes().length > 0,
  };
}

export function writePdu(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** Release and abort carry four bytes; of an abort the last two say who and why (PS3.8, 9.3.8). */
export function writeShortPdu(type: number, reason = 0): Buffer {
  return writePdu(type, Buffer.from([0, 0, reason === 0 ? 0 : 2, reason]));
}

const HEAD_BYTES = 6;

function broken(): AppError {
  return new AppError("source_protocol", "What came is no DICOM association.", {
    info: { kind: "not_dicom" },
  });
}
