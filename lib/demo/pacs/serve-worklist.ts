import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { firstItemOf, textOf } from "@/lib/core/formats/dicom/dataset";
import { readDatasetBytes } from "@/lib/core/formats/dicom/read-dataset";
import { type Wanted, writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import { readAssociateRequest, syntaxes, writeAssociateAccept } from "@/lib/core/formats/dimse/association";
import { commandFields, statuses } from "@/lib/core/formats/dimse/command";
import { createMessageReader, type DimseMessage, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, pduTypes, writeShortPdu } from "@/lib/core/formats/dimse/pdu";
import { listenOnLoopback } from "../loopback";

export type WorklistServer = { readonly port: number; readonly stop: () => Promise<void> };

/** The worklist of a RIS (PS3.4, K), on 127.0.0.1: answers an echo, and a search by days with the entries of those days. */
export async function serveWorklist(ask: {
  readonly port: number;
  readonly entries: () => readonly Wanted[];
}): Promise<WorklistServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined).on("close", () => open.delete(socket));
    void converse(socket, ask.entries).catch(() => socket.destroy());
  });
  const port = await listenOnLoopback(server, ask.port);
  return {
    port,
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function converse(socket: Socket, entries: () => readonly Wanted[]): Promise<void> {
  const units = createPduReader();
  const messages = createMessageReader({ maxBytes: 100_000 });
  for await (const chunk of socket) {
    for (const { type, body } of units.feed(chunk)) {
      if (type === pduTypes.associateRequest) socket.write(acceptAll(body));
      else if (type === pduTypes.releaseRequest) socket.end(writeShortPdu(pduTypes.releaseResponse));
      else if (type === pduTypes.data) {
        for (const message of messages.feed(body)) reply(socket, message, entries);
      } else socket.destroy();
    }
  }
}

function acceptAll(body: Buffer): Buffer {
  const request = readAssociateRequest(body);
  const contexts = request.contexts.map(({ id }) => ({ id, result: 0, syntax: syntaxes.implicit }));
  return writeAssociateAccept(request, contexts);
}

function reply(
  socket: Socket,
  { contextId, command, dataset }: DimseMessage,
  entries: () => readonly Wanted[],
): void {
  const head = {
    field: command.field + 0x8000,
    respondsTo: command.messageId ?? 0,
    affectedClass: command.affectedClass ?? "",
  };
  if (command.field === commandFields.findRequest) {
    const pending = { ...head, status: statuses.pending, hasDataset: true };
    for (const entry of entries().filter(isWithinDays(dataset))) {
      socket.write(writeMessage({ contextId, command: pending, dataset: writeDataset(entry) }, undefined));
    }
  }
  const last = { ...head, status: statuses.success, hasDataset: false };
  socket.write(writeMessage({ contextId, command: last }, undefined));
}

/** By the planned day of the step alone; a search that names none finds all. */
function isWithinDays(search: Buffer | undefined): (entry: Wanted) => boolean {
  const keys = search && readDatasetBytes(search, "implicit");
  const step = keys && firstItemOf(keys, "ScheduledProcedureStepSequence");
  const [from = "", to = from] = (step && textOf(step, "ScheduledProcedureStepStartDate"))?.split("-") ?? [];
  if (from === "" && to === "") return () => true;
  return ({ ScheduledProcedureStepSequence: steps }) => {
    const day = typeof steps === "string" ? undefined : steps?.[0]?.ScheduledProcedureStepStartDate;
    return typeof day === "string" && day >= from && (to === "" || day <= to);
  };
}
