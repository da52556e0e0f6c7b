import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { AppError } from "@/lib/core/errors";
import type { Dataset } from "@/lib/core/formats/dicom/dataset";
import { readDatasetBytes } from "@/lib/core/formats/dicom/read-dataset";
import { type Wanted, writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import {
  type AssociateAnswer,
  readAssociateAccept,
  syntaxes,
  writeAssociateRequest,
} from "@/lib/core/formats/dimse/association";
import { type Command, commandFields, statuses } from "@/lib/core/formats/dimse/command";
import { createMessageReader, type DimseMessage, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, type Pdu, pduTypes, writeShortPdu } from "@/lib/core/formats/dimse/pdu";
import type { PollIo } from "../connector";
import { guardedLookup, refuseForbiddenHost } from "../guarded-lookup";
import type { DimseConfig } from "./config";
import { otherwise, refused, rejection, unreachable } from "./trouble";

/** Services that are asked for. */
export const services = {
  verification: "1.2.840.10008.1.1",
  studyRoot: "1.2.840.10008.5.1.4.1.2.2.1",
  worklist: "1.2.840.10008.5.1.4.31",
} as const;

export type Service = (typeof services)[keyof typeof services];

export type Association = {
  /** C-ECHO. @throws AppError source_… */
  readonly echo: () => Promise<void>;
  /** C-FIND: at most so many matches, and whether there were more. @throws AppError source_… */
  readonly find: (ask: {
    readonly service: Service;
    readonly wanted: Wanted;
    readonly limit: number;
  }) => Promise<{ readonly matches: readonly Dataset[]; readonly isCut: boolean }>;
};

/** Longest answer that is put together; a match of a search has some hundred bytes. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/**
 * Opens an association with one archive for these services, works with it and releases it; all of it within the time limit
 * of the source. @throws AppError source_unreachable, source_refused or source_protocol; `info.kind` names the cause
 */
export async function withAssociation<T>(
  ask: {
    readonly config: DimseConfig;
    readonly io: Pick<PollIo, "signal">;
    readonly services: readonly Service[];
  },
  work: (association: Association) => Promise<T>,
): Promise<T> {
  const { config, io } = ask;
  io.signal.throwIfAborted();
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(config.timeoutSeconds * 1000)]);
  const socket = connectTo(config).setNoDelay(true);
  const giveUp = () => socket.destroy(Object.assign(new Error("Too late."), { name: "TimeoutError" }));
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const units = unitsOf(socket);
    const answer = await associate({ socket, units, ...ask });
    const result = await work(associationOver({ socket, units, answer, services: ask.services }));
    socket.end(writeShortPdu(pduTypes.releaseRequest));
    return result;
  } catch (error) {
    io.signal.throwIfAborted();
    throw error instanceof AppError ? error : unreachable(error);
  } finally {
    signal.removeEventListener("abort", giveUp);
    // Whatever the other side still says is not waited for.
    socket.on("error", () => undefined);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }
}

/** Time for a release to leave, and for its answer. */
const LINGER_MS = 500;

function connectTo({ host, port, tls, ca }: DimseConfig): Socket {
  try {
    refuseForbiddenHost(host);
  } catch (error) {
    throw unreachable(error);
  }
  const where = { host, port, lookup: guardedLookup() };
  if (tls === "off") return connectPlain(where);
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ ...where, ...name, minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca }) });
}

type Units = AsyncGenerator<Pdu, void>;

/** What comes, unit by unit; nothing more is read before it is asked for. */
async function* unitsOf(socket: Socket): Units {
  const reader = createPduReader();
  for await (const chunk of socket) {
    yield* reader.feed(chunk);
  }
}

async function nextUnit(units: Units): Promise<Pdu> {
  const { value, done } = await units.next();
  if (done) throw unreachable(new Error("The connection was closed."));
  if (value.type === pduTypes.abort) throw otherwise("aborted");
  return value;
}

async function associate(of: {
  readonly socket: Socket;
  readonly units: Units;
  readonly config: DimseConfig;
  readonly services: readonly Service[];
}): Promise<AssociateAnswer> {
  const { calledAe, callingAe } = of.config;
  const contexts = of.services.map((service, index) => ({
    id: contextIdOf(index),
    service,
    // The one that every archive takes (PS3.5, 10.1).
    syntaxes: [syntaxes.implicit],
  }));
  of.socket.write(writeAssociateRequest({ calledAe, callingAe, contexts }));
  const { type, body } = await nextUnit(of.units);
  if (type === pduTypes.associateReject) throw rejection(body);
  if (type !== pduTypes.associateAccept) throw otherwise("not_dicom");
  return readAssociateAccept(body);
}

/** Odd numbers from 1. */
function contextIdOf(index: number): number {
  return index * 2 + 1;
}

function associationOver(of: {
  readonly socket: Socket;
  readonly units: Units;
  readonly answer: AssociateAnswer;
  readonly services: readonly Service[];
}): Association {
  const { socket, units, answer } = of;
  const messages = messagesOf(units);
  let lastId = 0;

  const contextOf = (service: Service): number => {
    const id = contextIdOf(of.services.indexOf(service));
    const context = answer.contexts.find((one) => one.id === id && one.result === 0);
    if (context === undefined) throw refused("no_service", { service });
    return id;
  };

  const send = (
    contextId: number,
    command: Command & { readonly priority?: number },
    dataset?: Buffer,
  ): void => {
    const message = { contextId, command, ...(dataset === undefined ? {} : { dataset }) };
    socket.write(writeMessage(message, answer.maxBytes));
  };

  return {
    echo: async () => {
      lastId += 1;
      const { echoRequest: field } = commandFields;
      const affectedClass = services.verification;
      send(contextOf(services.verification), { field, messageId: lastId, affectedClass, hasDataset: false });
      const { command } = await nextMessage(messages);
      if (command.status !== statuses.success)
        throw otherwise("failed_status", { status: command.status ?? -1 });
    },
    find: async ({ service, wanted, limit }) => {
      lastId += 1;
      const id = contextOf(service);
      const { findRequest: field } = commandFields;
      send(
        id,
        { field, messageId: lastId, affectedClass: service, priority: 0, hasDataset: true },
        writeDataset(wanted),
      );
      const matches: Dataset[] = [];
      for (;;) {
        const message = await nextMessage(messages);
        const { status = -1 } = message.command;
        if (status === statuses.success) return { matches, isCut: false };
        if (!isPending(status)) throw otherwise("failed_status", { status });
        if (message.dataset !== undefined) matches.push(readDatasetBytes(message.dataset, "implicit"));
        if (matches.length < limit) continue;
        send(id, { field: commandFields.cancelRequest, respondsTo: lastId, hasDataset: false });
        return { matches, isCut: true };
      }
    },
  };
}

function isPending(status: number): boolean {
  return status === statuses.pending || status === statuses.pendingUnsupported;
}

async function* messagesOf(units: Units): AsyncGenerator<DimseMessage, void> {
  const reader = createMessageReader({ maxBytes: MAX_MESSAGE_BYTES });
  for (;;) {
    const { type, body } = await nextUnit(units);
    if (type !== pduTypes.data) throw otherwise("not_dicom");
    yield* reader.feed(body);
  }
}

async function nextMessage(messages: AsyncGenerator<DimseMessage, void>): Promise<DimseMessage> {
  const { value, done } = await messages.next();
  if (done) throw otherwise("aborted");
  return value;
}
