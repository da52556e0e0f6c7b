import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import type { Encoding } from "@/lib/core/formats/dicom/read-dataset";
import {
  type AssociateRequest,
  readAssociateRequest,
  syntaxes,
  writeAssociateAccept,
  writeAssociateReject,
} from "@/lib/core/formats/dimse/association";
import { type Command, commandFields, statuses } from "@/lib/core/formats/dimse/command";
import { createMessageReader, type DimseMessage, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, type Pdu, pduTypes, writeShortPdu } from "@/lib/core/formats/dimse/pdu";

/** What is offered: to be echoed, and to be told of procedure steps (PS3.4, F.7). */
const VERIFICATION = "1.2.840.10008.1.1";
export const MPPS = "1.2.840.10008.3.1.2.3.3";

export type ServerLimits = {
  /** Bytes of one message. */
  readonly maxBytes: number;
  /** Connections at once; further ones are closed as they come. */
  readonly maxConnections: number;
  /** Milliseconds for a unit to be complete, and for an association to be asked for. */
  readonly unitMs: number;
};

const usualLimits: ServerLimits = { maxBytes: 8 * 1024 ** 2, maxConnections: 500, unitMs: 60_000 };

export type DicomServer = { readonly port: number; readonly close: () => Promise<void> };

export type Receive = (message: DimseMessage, encoding: Encoding) => Promise<number>;

/**
 * Listens for procedure steps. `receive` gets every N-CREATE and N-SET and answers with the status that goes back. While it is
 * at work nothing more of that connection is read, so that a sender is slowed and memory stays bounded. What breaks the
 * protocol ends its connection by an abort. @throws when the port cannot be opened
 */
export async function serveDicom(ask: {
  readonly host: string;
  readonly port: number;
  readonly tls?: tls.TlsOptions;
  readonly aeTitle: string;
  readonly admits: (peer: string) => boolean;
  readonly receive: Receive;
  readonly limits?: ServerLimits;
}): Promise<DicomServer> {
  const limits = ask.limits ?? usualLimits;
  const open = new Map<net.Socket, Promise<void>>();
  const welcome = (socket: net.Socket) => {
    if (!ask.admits(socket.remoteAddress ?? "")) return void socket.destroy();
    const over = converse(socket, { ...ask, limits }).finally(() => open.delete(socket));
    open.set(socket, over);
  };
  const server = ask.tls ? tls.createServer(ask.tls, welcome) : net.createServer(welcome);
  server.maxConnections = limits.maxConnections;
  // A handshake that fails is the sender's to mend; without a listener it would end the process.
  server.on("tlsClientError", (_error: Error, socket: net.Socket) => socket.destroy());
  server.listen({ host: ask.host, port: ask.port });
  await once(server, "listening");
  server.on("error", () => undefined);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : ask.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open.keys()) socket.destroy();
      await Promise.all([closed, ...open.values()]);
    },
  };
}

type Talk = { readonly aeTitle: string; readonly receive: Receive; readonly limits: ServerLimits };

/** One connection, until either side ends it. Never throws. */
async function converse(socket: net.Socket, talk: Talk): Promise<void> {
  const units = createPduReader();
  const state: State = { request: undefined, messages: createMessageReader(talk.limits) };
  let deadline: NodeJS.Timeout | undefined = setTimeout(() => socket.destroy(), talk.limits.unitMs);
  socket.on("error", () => undefined);
  socket.setKeepAlive(true, 60_000);
  socket.setNoDelay(true);
  try {
    // Left open at the end of the loop: a last unit is still to go out.
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      for (const unit of units.feed(chunk)) {
        clearTimeout(deadline);
        deadline = undefined;
        if ((await takeUnit(socket, unit, { ...talk, state })) === "over") return;
      }
      const isWaiting = units.isInside() || state.request === undefined;
      if (isWaiting) deadline ??= setTimeout(() => socket.destroy(), talk.limits.unitMs);
    }
  } catch {
    // What came is no DICOM, or the connection broke: nobody is owed more than an abort.
    if (socket.writable) socket.end(writeShortPdu(pduTypes.abort, 2));
  } finally {
    clearTimeout(deadline);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }
}

/** Time for a last unit to leave. */
const LINGER_MS = 500;

type State = {
  request: AssociateRequest | undefined;
  readonly messages: ReturnType<typeof createMessageReader>;
};

async function takeUnit(
  socket: net.Socket,
  { type, body }: Pdu,
  talk: Talk & { readonly state: State },
): Promise<"over" | undefined> {
  const { state } = talk;
  if (type === pduTypes.associateRequest && state.request === undefined) {
    const request = readAssociateRequest(body);
    if (talk.aeTitle !== "" && request.calledAe !== talk.aeTitle) {
      // Called AE title not recognised.
      socket.end(writeAssociateReject({ result: 1, source: 1, reason: 7 }));
      return "over";
    }
    state.request = request;
    socket.write(writeAssociateAccept(request, request.contexts.map(answerTo)));
    return undefined;
  }
  if (type === pduTypes.releaseRequest) {
    socket.end(writeShortPdu(pduTypes.releaseResponse));
    return "over";
  }
  if (type !== pduTypes.data || state.request === undefined) {
    socket.end(type === pduTypes.abort ? "" : writeShortPdu(pduTypes.abort, 2));
    return "over";
  }
  for (const message of state.messages.feed(body)) {
    await answer(socket, message, { ...talk, request: state.request });
  }
  return undefined;
}

/** Explicit where it is offered; 3 = service not supported, 4 = none of the syntaxes (PS3.8, 9.3.3.2). */
function answerTo(context: AssociateRequest["contexts"][number]) {
  const { id, service, syntaxes: proposed } = context;
  if (service !== VERIFICATION && service !== MPPS) return { id, result: 3, syntax: syntaxes.implicit };
  const syntax = [syntaxes.explicit, syntaxes.implicit].find((one) => proposed.includes(one));
  return { id, result: syntax === undefined ? 4 : 0, syntax: syntax ?? syntaxes.implicit };
}

async function answer(
  socket: net.Socket,
  message: DimseMessage,
  talk: Talk & { readonly request: AssociateRequest },
): Promise<void> {
  const { command, contextId } = message;
  const context = talk.request.contexts.find(({ id }) => id === contextId);
  const encoding: Encoding = context?.syntaxes.includes(syntaxes.explicit) ? "explicit" : "implicit";
  const status = await statusOf(message, encoding, talk.receive);
  const affectedClass = command.affectedClass ?? command.requestedClass ?? VERIFICATION;
  const affectedInstance = command.affectedInstance ?? command.requestedInstance;
  const reply: Command = {
    field: command.field + 0x8000,
    respondsTo: command.messageId ?? 0,
    affectedClass,
    ...(affectedInstance === undefined ? {} : { affectedInstance }),
    status,
    hasDataset: false,
  };
  const bytes = writeMessage({ contextId, command: reply }, talk.request.maxBytes);
  if (!socket.write(bytes)) await once(socket, "drain");
}

async function statusOf(message: DimseMessage, encoding: Encoding, receive: Receive): Promise<number> {
  const { field } = message.command;
  if (field === commandFields.echoRequest) return statuses.success;
  if (field !== commandFields.createRequest && field !== commandFields.setRequest) {
    return statuses.unrecognisedOperation;
  }
  return receive(message, encoding);
}
