import { connect, type Socket } from "node:net";
import { MPPS } from "@/lib/connectors/mpps/server";
import { AppError } from "@/lib/core/errors";
import { type Wanted, writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import { syntaxes, writeAssociateRequest } from "@/lib/core/formats/dimse/association";
import { type Command, commandFields } from "@/lib/core/formats/dimse/command";
import { createMessageReader, type DimseMessage, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, type Pdu, pduTypes, writeShortPdu } from "@/lib/core/formats/dimse/pdu";

/** A modality that tells of its steps over one association; each act answers with the status that came back. */
export type Modality = {
  readonly socket: Socket;
  readonly create: (instanceUid: string, dataset: Wanted) => Promise<number | undefined>;
  readonly set: (instanceUid: string, dataset: Wanted) => Promise<number | undefined>;
  /** Ends the association; answers with the type of the unit that came back. */
  readonly release: () => Promise<number>;
};

/** Asks for an association to tell of performed procedure steps. @throws AppError source_refused | source_unreachable */
export async function connectModality(to: {
  readonly port: number;
  readonly calledAe: string;
  readonly callingAe: string;
}): Promise<Modality> {
  const { port, ...titles } = to;
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  const units = unitsOf(socket);
  const contexts = [{ id: 1, service: MPPS, syntaxes: [syntaxes.implicit] }];
  socket.write(writeAssociateRequest({ ...titles, contexts }));
  const { value } = await units.next();
  if (value?.type !== pduTypes.associateAccept) {
    socket.destroy();
    throw new AppError("source_refused", "The association was not accepted.");
  }
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
