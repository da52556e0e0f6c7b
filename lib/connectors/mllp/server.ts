import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { createMllpReader, frameMllp, type MllpPiece } from "@/lib/core/formats/mllp/frames";

export type MllpLimits = {
  /** Bytes of one message. */
  readonly maxBytes: number;
  /** Connections at once; further ones are closed as they come. */
  readonly maxConnections: number;
  /** Bytes of unfinished and unanswered messages of all connections; the one that goes beyond is closed. */
  readonly maxHeldBytes: number;
  /** Milliseconds from the begin of a block to its end; a connection that takes longer is closed. */
  readonly blockMs: number;
};

export const usualMllpLimits: MllpLimits = {
  maxBytes: 16 * 1024 ** 2,
  maxConnections: 2_000,
  maxHeldBytes: 256 * 1024 ** 2,
  blockMs: 60_000,
};

export type MllpServer = {
  readonly port: number;
  /** Takes no more, lets what was received be answered, and closes. */
  readonly close: () => Promise<void>;
};

/**
 * Listens for HL7 over MLLP. `receive` gets every message and every run of bytes that is none, and answers with what goes
 * back, in the order of the messages; undefined sends nothing. While it is at work on what a connection sent, nothing more
 * of that connection is read, so that a sender is slowed and memory stays bounded. Where it fails, the connection is closed
 * at once without an answer: the sender keeps the message. Port 0 takes a free one. @throws when the port cannot be opened
 */
export async function serveMllp(ask: {
  readonly host: string;
  readonly port: number;
  /** PEM. With `ca`, senders must show a certificate of it. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer };
  readonly limits?: MllpLimits;
  /** Whether a peer may connect at all; one that may not is closed as it comes. */
  readonly admits?: (peer: string) => boolean;
  readonly receive: (piece: MllpPiece, peer: string) => Promise<string | undefined>;
}): Promise<MllpServer> {
  const limits = ask.limits ?? usualMllpLimits;
  const talks = new Set<Talk>();
  const held: Held = { bytes: 0 };
  const welcome = (socket: net.Socket) => {
    if (ask.admits?.(socket.remoteAddress ?? "") === false) return socket.destroy();
    const talk = startTalk({ socket, limits, held, receive: ask.receive });
    talks.add(talk);
    return void talk.over.then(() => talks.delete(talk));
  };
  const server = ask.tls ? tls.createServer(tlsOptions(ask.tls), welcome) : net.createServer(welcome);
  server.maxConnections = limits.maxConnections;
  // A handshake that fails is the sender's to mend; without a listener it would end the process.
  server.on("tlsClientError", (_error: Error, socket: net.Socket) => socket.destroy());
  server.listen({ host: ask.host, port: ask.port });
  await once(server, "listening");
  // What goes wrong with one connection before it is welcome must not end the process.
  server.on("error", () => undefined);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : ask.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const talk of talks) talk.finish();
      await closed;
    },
  };
}

function tlsOptions({
  cert,
  key,
  ca,
}: {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
}) {
  const mutual = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  return { cert, key, minVersion: "TLSv1.2" as const, handshakeTimeout: 10_000, ...mutual };
}

type Talk = { readonly over: Promise<void>; readonly finish: () => void };

/** Bytes that all connections of a port hold together. */
type Held = { bytes: number };

type TalkAsk = {
  readonly held: Held;
  readonly socket: net.Socket;
  readonly limits: MllpLimits;
  readonly receive: (piece: MllpPiece, peer: string) => Promise<string | undefined>;
};

/** One connection: read, receive, answer, until either side ends it. */
function startTalk({ socket, limits, held, receive }: TalkAsk): Talk {
  const reader = createMllpReader(limits);
  const peer = socket.remoteAddress ?? "";
  let isWorking = false;
  let isFinishing = false;
  const settle = async (pieces: readonly MllpPiece[]) => {
    isWorking = true;
    const answers = await Promise.all(pieces.map((piece) => receive(piece, peer)));
    isWorking = false;
    const wire = answers.filter((answer) => answer !== undefined).map(frameMllp);
    if (wire.length > 0 && !socket.write(Buffer.concat(wire))) await drained(socket);
  };
  let holds = 0;
  const hold = (bytes: number) => {
    held.bytes += bytes - holds;
    holds = bytes;
    if (bytes > 0 && held.bytes > limits.maxHeldBytes) throw new Error("Too much is held.");
  };
  const converse = async () => {
    let deadline: NodeJS.Timeout | undefined;
    try {
      for await (const chunk of socket) {
        hold(holds + chunk.length);
        const pieces = reader.feed(chunk);
        if (pieces.length > 0 || !reader.isInside()) deadline = clear(deadline);
        if (pieces.length > 0) await settle(pieces);
        if (!reader.isInside()) hold(0);
        if (reader.isInside()) deadline ??= setTimeout(() => socket.destroy(), limits.blockMs);
        if (isFinishing) break;
      }
      await settle(reader.end());
      socket.end();
    } catch {
      // The connection broke, or what came could not be kept: no answer, the sender sends again.
      await keepRest(reader.end(), receive, peer);
    } finally {
      clear(deadline);
      hold(0);
      socket.destroy();
    }
  };
  // Senders that vanish without a word are noticed, though a connection may be silent for days.
  socket.setKeepAlive(true, 60_000);
  socket.setNoDelay(true);
  return {
    over: converse(),
    finish: () => {
      isFinishing = true;
      if (!isWorking) socket.destroy();
    },
  };
}

/** A block that was cut off by the end of its connection is kept, if that is possible at all. */
async function keepRest(
  pieces: readonly MllpPiece[],
  receive: TalkAsk["receive"],
  peer: string,
): Promise<void> {
  await Promise.allSettled(pieces.map((piece) => receive(piece, peer)));
}

/** Until a peer has taken what was written, or is gone. */
function drained(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.once("drain", done).once("close", done);
  });
}

function clear(timer: NodeJS.Timeout | undefined): undefined {
  clearTimeout(timer);
}
