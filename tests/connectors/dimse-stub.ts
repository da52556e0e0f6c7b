import { createServer, type Server, type Socket } from "node:net";
import { afterAll } from "vitest";
import { type Wanted, writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import {
  readAssociateRequest,
  syntaxes,
  writeAssociateAccept,
  writeAssociateReject,
} from "@/lib/core/formats/dimse/association";
import { commandFields, statuses } from "@/lib/core/formats/dimse/command";
import { createMessageReader, type DimseMessage, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, pduTypes, writeShortPdu } from "@/lib/core/formats/dimse/pdu";

export type DimseBehaviour = {
  /** What a search finds, by its service. */
  readonly matches?: (service: string) => readonly Wanted[];
  /** Source and reason of a rejected association. */
  readonly rejects?: readonly [source: number, reason: number];
  /** The status that ends a search. */
  readonly status?: number;
  /** Services that are refused. */
  readonly refuses?: readonly string[];
  /** Bytes sent as soon as somebody connects, instead of anything else. */
  readonly says?: string;
  /** Answers nothing at all. */
  readonly isSilent?: boolean;
  /** Breaks the association off at the first message. */
  readonly aborts?: boolean;
};

export type DimseStub = { readonly port: number; readonly cancelled: () => number };

/** An archive that ends with the test file: one association at a time, as its behaviour says. */
export async function startDimseStub(behaviour: DimseBehaviour = {}): Promise<DimseStub> {
  let cancelled = 0;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (behaviour.says !== undefined) return void socket.end(behaviour.says);
    if (behaviour.isSilent) return;
    void talk(socket, behaviour, () => {
      cancelled += 1;
    }).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => stop(server));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cancelled: () => cancelled,
  };
}

async function talk(socket: Socket, behaviour: DimseBehaviour, cancel: () => void): Promise<void> {
  const units = createPduReader();
  const messages = createMessageReader({ maxBytes: 100_000 });
  for await (const chunk of socket) {
    for (const { type, body } of units.feed(chunk)) {
      if (type === pduTypes.associateRequest) socket.write(answerTo(body, behaviour));
      if (type === pduTypes.releaseRequest) socket.end(writeShortPdu(pduTypes.releaseResponse));
      if (type !== pduTypes.data) continue;
      if (behaviour.aborts) return void socket.end(writeShortPdu(pduTypes.abort, 1));
      for (const message of messages.feed(body)) {
        if (message.command.field === commandFields.cancelRequest) cancel();
        else reply(socket, message, behaviour);
      }
    }
  }
}

function answerTo(body: Buffer, { rejects, refuses = [] }: DimseBehaviour): Buffer {
  if (rejects) return writeAssociateReject({ result: 1, source: rejects[0], reason: rejects[1] });
  const request = readAssociateRequest(body);
  const contexts = request.contexts.map(({ id, service }) => ({
    id,
    result: refuses.includes(service) ? 3 : 0,
    syntax: syntaxes.implicit,
  }));
  return writeAssociateAccept(request, contexts);
}

function reply(socket: Socket, message: DimseMessage, behaviour: DimseBehaviour): void {
  const { contextId, command } = message;
  const head = { respondsTo: command.messageId ?? 0, affectedClass: command.affectedClass ?? "" };
  const field = command.field + 0x8000;
  const isSearch = command.field === commandFields.findRequest;
  for (const match of (isSearch && behaviour.matches?.(head.affectedClass)) || []) {
    const pending = { field, ...head, status: statuses.pending, hasDataset: true };
    // Short units, so that a match comes in several.
    socket.write(writeMessage({ contextId, command: pending, dataset: writeDataset(match) }, 1_100));
  }
  const last = { field, ...head, status: behaviour.status ?? statuses.success, hasDataset: false };
  socket.write(writeMessage({ contextId, command: last }, undefined));
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
