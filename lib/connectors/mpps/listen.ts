import { once } from "node:events";
import { readDatasetBytes } from "@/lib/core/formats/dicom/read-dataset";
import { modelOf } from "@/lib/core/formats/dicom-json/write";
import { commandFields, statuses } from "@/lib/core/formats/dimse/command";
import type { ListenIo } from "../connector";
import { listenTrouble } from "../listen-trouble";
import { listenTls } from "../mllp/listen-tls";
import { peerFilter } from "../mllp/peers";
import type { MppsConfig } from "./config";
import { type DicomServer, type Receive, serveDicom } from "./server";
import type { MppsWire } from "./wire";

/**
 * Takes procedure steps until the signal aborts, each answered with success once it is stored, understood or not: this is a
 * copy, and a modality is never stopped by us. @throws AppError source_unreachable when the port stays shut
 */
export async function listen(config: MppsConfig, io: ListenIo): Promise<void> {
  const server = await open(config, io);
  io.ready({ port: server.port });
  if (!io.signal.aborted) await once(io.signal, "abort");
  await server.close();
}

async function open(config: MppsConfig, io: ListenIo): Promise<DicomServer> {
  try {
    const tls = listenTls(config.tls, io.secret);
    return await serveDicom({
      host: config.host || io.host,
      port: config.port,
      ...(tls && { tls: { ...tls, minVersion: "TLSv1.2", requestCert: config.tls === "mutual" } }),
      aeTitle: config.aeTitle,
      admits: peerFilter(config.allowedPeers),
      receive: receiver(io),
    });
  } catch (error) {
    throw listenTrouble(error);
  }
}

function receiver(io: ListenIo): Receive {
  return async ({ command, dataset }, encoding) => {
    const isCreate = command.field === commandFields.createRequest;
    const instanceUid = isCreate ? command.affectedInstance : command.requestedInstance;
    if (dataset === undefined || instanceUid === undefined || !/^[0-9.]{1,64}$/.test(instanceUid)) {
      return statuses.processingFailure;
    }
    const wire: MppsWire = {
      kind: "step",
      act: isCreate ? "create" : "set",
      instanceUid,
      receivedAt: io.now().toISOString(),
      dataset: modelOf(readDatasetBytes(dataset, encoding)),
    };
    try {
      await io.submit(wire);
    } catch {
      // It is not stored, so it is not ours: the sender is told, and may send it again.
      io.log("A procedure step could not be stored.");
      return statuses.processingFailure;
    }
    return statuses.success;
  };
}
