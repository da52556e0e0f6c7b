import { once } from "node:events";
import { decodeSyslog } from "@/lib/core/formats/syslog/read-syslog";
import type { ListenIo } from "../connector";
import { listenTrouble } from "../listen-trouble";
import { listenTls } from "../mllp/listen-tls";
import { peerFilter } from "../mllp/peers";
import type { AtnaConfig } from "./config";
import { createIntake, type Intake } from "./intake";
import { serveDatagrams } from "./serve-datagrams";
import { serveStream } from "./serve-stream";

const LOSSES_EVERY_MS = 60_000;

/**
 * Takes audit messages until the signal aborts. What has come is held until it is stored. Over UDP, what comes while too
 * much is held is dropped, and counted. @throws AppError source_unreachable when the port stays shut
 */
export async function listen(config: AtnaConfig, io: ListenIo): Promise<void> {
  const intake = createIntake(io);
  const server = await open({ config, io, intake });
  io.ready({ port: server.port });
  const tell = () => void server.tellLosses();
  tell();
  const clock = setInterval(tell, LOSSES_EVERY_MS);
  if (!io.signal.aborted) await once(io.signal, "abort");
  clearInterval(clock);
  await server.close();
  await intake.drained();
}

type Opening = { readonly config: AtnaConfig; readonly io: ListenIo; readonly intake: Intake };

type Opened = {
  readonly port: number;
  readonly close: () => Promise<void>;
  readonly tellLosses: () => Promise<void>;
};

async function open(opening: Opening): Promise<Opened> {
  try {
    return opening.config.transport === "udp" ? await openUdp(opening) : await openStream(opening);
  } catch (error) {
    throw listenTrouble(error);
  }
}

const protections = { tls: "on", "mutual-tls": "mutual", tcp: "off" } as const;

async function openStream({ config, io, intake }: Opening): Promise<Opened> {
  const protection = config.transport === "udp" ? "off" : protections[config.transport];
  const server = await serveStream({
    ...placeOf(config, io),
    tls: listenTls(protection, io.secret),
    receive: (piece, peer) => {
      const came = { receivedAt: io.now().toISOString(), peer, text: decodeSyslog(piece.bytes) };
      return intake.take(
        piece.kind === "message"
          ? { kind: "message", ...came }
          : { kind: "broken", ...came, problem: piece.problem },
      );
    },
  });
  return { ...server, tellLosses: async () => undefined };
}

async function openUdp({ config, io, intake }: Opening): Promise<Opened> {
  let dropped = 0;
  const server = await serveDatagrams({
    ...placeOf(config, io),
    receive: (bytes, peer) => {
      const came = { receivedAt: io.now().toISOString(), peer, text: decodeSyslog(bytes) };
      if (!intake.offer({ kind: "message", ...came })) dropped += 1;
    },
  });
  const tellLosses = async () => {
    const unread = (await server.unread()) ?? null;
    if (!io.signal.aborted) intake.offer({ kind: "losses", at: io.now().toISOString(), dropped, unread });
  };
  return { ...server, tellLosses };
}

function placeOf(config: AtnaConfig, io: ListenIo) {
  return { host: config.host || io.host, port: config.port, admits: peerFilter(config.allowedPeers) };
}
