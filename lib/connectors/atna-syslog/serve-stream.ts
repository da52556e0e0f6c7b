import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { createSyslogReader, type SyslogPiece } from "@/lib/core/formats/syslog/frames";

export type StreamLimits = {
  /** Bytes of one message. */
  readonly maxBytes: number;
  readonly maxConnections: number;
  /** Bytes of unfinished messages of all connections; the one that goes beyond is closed. */
  readonly maxHeldBytes: number;
  /** Milliseconds of silence after which what is held of a message will not go on. */
  readonly silenceMs: number;
};

export const usualStreamLimits: StreamLimits = {
  maxBytes: 4 * 1024 ** 2,
  maxConnections: 2_000,
  maxHeldBytes: 128 * 1024 ** 2,
  silenceMs: 5_000,
};

export type StreamServer = { readonly port: number; readonly close: () => Promise<void> };

/**
 * Listens for syslog over TCP or TLS (RFC 5425, 6587). `receive` gets every message and every run of bytes that is none;
 * until it resolves, nothing more of that connection is read, so that a sender is slowed and memory stays bounded.
 * @throws when the port cannot be opened
 */
export async function serveStream(ask: {
  readonly host: string;
  readonly port: number;
  /** PEM. With `ca`, senders must show a certificate of it. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer } | undefined;
  readonly limits?: StreamLimits;
  readonly admits: (peer: string) => boolean;
  readonly receive: (piece: SyslogPiece, peer: string) => Promise<void>;
}): Promise<StreamServer> {
  const limits = ask.limits ?? usualStreamLimits;
  const held = { bytes: 0 };
  const sockets = new Map<net.Socket, Promise<void>>();
  const welcome = (socket: net.Socket) => {
    if (!ask.admits(socket.remoteAddress ?? "")) return socket.destroy();
    const over = converse({ socket, limits, held, receive: ask.receive });
    sockets.set(socket, over);
    return void over.then(() => sockets.delete(socket));
  };
  const server = ask.tls ? tls.createServer(tlsOptions(ask.tls), welcome) : net.createServer(welcome);
  server.maxConnections = limits.maxConnections;
  // A handshake that fails is the sender's to mend; without a listener it would end the process.
  server.on("tlsClientError", (_error: Error, socket: net.Socket) => socket.destroy());
  server.listen({ host: ask.host, port: ask.port });
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : ask.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets.keys()) socket.destroy();
      await Promise.all(sockets.values());
      await closed;
    },
  };
}

type TlsFiles = { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer };

function tlsOptions({ cert, key, ca }: TlsFiles) {
  const mutual = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  return { cert, key, minVersion: "TLSv1.2" as const, handshakeTimeout: 10_000, ...mutual };
}

type Talk = {
  readonly socket: net.Socket;
  readonly limits: StreamLimits;
  /** Bytes that all connections hold together. */
  readonly held: { bytes: number };
  readonly receive: (piece: SyslogPiece, peer: string) => Promise<void>;
};

/** One connection, until either side ends it. Never throws: what a peer does is no trouble of ours. */
async function converse({ socket, limits, held, receive }: Talk): Promise<void> {
  const reader = createSyslogReader(limits);
  const peer = (socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
  let holds = 0;
  const hold = (bytes: number) => {
    held.bytes += bytes - holds;
    holds = bytes;
  };
  const pass = async (pieces: readonly SyslogPiece[]) => {
    for (const piece of pieces) await receive(piece, peer);
  };
  // Senders that vanish without a word are noticed, though a connection may be silent for days.
  socket.setKeepAlive(true, 60_000);
  socket.setTimeout(limits.silenceMs, () => void pass(reader.end()));
  try {
    for await (const chunk of socket) {
      hold(holds + chunk.length);
      if (held.bytes > limits.maxHeldBytes) break;
      await pass(reader.feed(chunk));
      if (!reader.isInside()) hold(0);
    }
  } catch {
    // The connection broke: what it had begun to say is kept below.
  }
  await pass(reader.end());
  hold(0);
  socket.destroy();
}
