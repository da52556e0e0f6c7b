import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Wanted, writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import { syntaxes, writeAssociateRequest } from "@/lib/core/formats/dimse/association";
import { type Command, commandFields } from "@/lib/core/formats/dimse/command";
import { createMessageReader, type DimseMessage, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, type Pdu, pduTypes, writeShortPdu } from "@/lib/core/formats/dimse/pdu";

const MPPS = "1.2.840.10008.3.1.2.3.3";

/** A modality as tests need it: asks for an association, tells of steps, and hands out what comes back. */
export type Modality = {
  readonly socket: Socket;
  readonly create: (instanceUid: string, dataset: Wanted) => Promise<number | undefined>;
  readonly set: (instanceUid: string, dataset: Wanted) => Promise<number | undefined>;
  readonly release: () => Promise<number>;
};

export async function connectModality(port: number, calledAe = "SIGNALBOX"): Promise<Modality> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  const units = unitsOf(socket);
  const contexts = [{ id: 1, service: MPPS, syntaxes: [syntaxes.implicit] }];
  socket.write(writeAssociateRequest({ calledAe, callingAe: "MR01", contexts }));
  const { value } = await units.next();
  if (value?.type !== pduTypes.associateAccept) throw new Error("The association was not accepted.");
  let lastId = 0;
  const tell = async (command: Omit<Command, "hasDataset" | "messageId">, dataset: Wanted) => {
    lastId += 1;
    const full = { ...command, messageId: lastId, hasDataset: true };
    socket.write(writeMessage({ contextId: 1, command: full, dataset: writeDataset(dataset) }, 16_384));
    return (await nextMessage(units))?.command.status;
  };
  return {
    socket,
    create: (affectedInstance, dataset) =>
      tell({ field: commandFields.createRequest, affectedClass: MPPS, affectedInstance }, dataset),
    set: (requestedInstance, dataset) =>
      tell({ field: commandFields.setRequest, requestedClass: MPPS, requestedInstance }, dataset),
    release: async () => {
      socket.write(writeShortPdu(pduTypes.releaseRequest));
      const answer = await units.next();
      socket.destroy();
      return answer.value?.type ?? 0;
    },
  };
}

/** What comes over a connection until it is closed. */
export async function* unitsOf(socket: Socket): AsyncGenerator<Pdu, void> {
  const reader = createPduReader();
  try {
    for await (const chunk of socket) yield* reader.feed(chunk);
  } catch {
    // Closed in the middle: nothing more comes.
  }
}

async function nextMessage(units: AsyncGenerator<Pdu, void>): Promise<DimseMessage | undefined> {
  const reader = createMessageReader({ maxBytes: 100_000 });
  for (;;) {
    const { value } = await units.next();
    if (value?.type !== pduTypes.data) return undefined;
    const [message] = reader.feed(value.body);
    if (message !== undefined) return message;
  }
}

/** Resolves when the other side has closed a connection. */
export async function closed(socket: Socket): Promise<void> {
  socket.on("error", () => undefined);
  socket.resume();
  if (!socket.destroyed) await once(socket, "close");
}
