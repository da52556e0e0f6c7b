import { once } from "node:events";
import { AppError } from "@/lib/core/errors";
import { decodeHl7 } from "@/lib/core/formats/hl7v2/character-set";
import type { MllpPiece } from "@/lib/core/formats/mllp/frames";
import type { ListenIo } from "../connector";
import { listenTrouble } from "../listen-trouble";
import { listenTls } from "../mllp/listen-tls";
import { peerFilter } from "../mllp/peers";
import { type MllpServer, serveMllp } from "../mllp/server";
import { answerTo } from "./answers";
import type { MllpConfig } from "./config";
import { rememberPairs } from "./pairs";
import { SIGN_OF_LIFE } from "./sign-of-life";
import type { MllpWire } from "./wire";

/**
 * Takes messages until the signal aborts, each answered once it is stored. What cannot be stored is not answered: its
 * connection is closed at once, and the sender keeps it. @throws AppError source_unreachable when the port stays shut
 */
export async function listen(config: MllpConfig, io: ListenIo): Promise<void> {
  const server = await open(config, io);
  io.ready({ port: server.port });
  if (!io.signal.aborted) await once(io.signal, "abort");
  await server.close();
}

async function open(config: MllpConfig, io: ListenIo): Promise<MllpServer> {
  try {
    const tls = listenTls(config.tls, io.secret);
    return await serveMllp({
      host: config.host || io.host,
      port: config.port,
      ...(tls && { tls }),
      admits: peerFilter(config.allowedPeers),
      receive: receiver(config, io),
    });
  } catch (error) {
    throw listenTrouble(error);
  }
}

function receiver(config: MllpConfig, io: ListenIo): (piece: MllpPiece) => Promise<string | undefined> {
  const pairs = config.mode === "tap" && config.copies === "both" ? rememberPairs() : undefined;
  const usual = config.characterSet === "detect" ? undefined : config.characterSet;
  const nextId = controlIds(io.now());
  return async (piece) => {
    if (piece.kind === "message" && piece.bytes.length === 0) return SIGN_OF_LIFE;
    const receivedAt = io.now();
    const { text } = decodeHl7(piece.bytes, usual);
    const wire = wireOf(piece, { text, receivedAt, pair: pairs?.match(text, receivedAt) });
    const submitted = await within(STORE_LIMIT_MS, io.submit(wire));
    // Outside of a block nobody waits for an answer, and one for a block that was cut off would be taken for the next.
    if (piece.kind === "broken" && piece.problem !== "too_long") return undefined;
    return answerTo(text, { mode: config.mode, submitted, now: io.now(), nextId });
  };
}

/** A sender is not held for longer, whatever the database does: its connection is closed, and it keeps the message. */
const STORE_LIMIT_MS = 5_000;

/** @throws AppError overloaded when a promise takes longer, which then goes on by itself */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tooLong = new AppError("overloaded", "Storing a message takes too long.");
    timer = setTimeout(() => reject(tooLong), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function wireOf(
  piece: MllpPiece,
  came: {
    readonly text: string;
    readonly receivedAt: Date;
    readonly pair: { readonly text: string; readonly receivedAt: Date } | undefined;
  },
): MllpWire {
  const { text, pair } = came;
  const receivedAt = came.receivedAt.toISOString();
  const sizeBytes = piece.bytes.length;
  if (piece.kind === "broken") return { kind: "broken", text, receivedAt, sizeBytes, problem: piece.problem };
  if (pair === undefined) return { kind: "message", text, receivedAt, sizeBytes };
  return {
    kind: "message",
    text: pair.text,
    receivedAt: pair.receivedAt.toISOString(),
    sizeBytes,
    answer: { text, receivedAt },
  };
}

/** MSH-10 of our acknowledgements: no two are alike, also after a restart. */
function controlIds(start: Date): () => string {
  const prefix = start.getTime().toString(36).toUpperCase();
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${count.toString(36).toUpperCase()}`;
  };
}
