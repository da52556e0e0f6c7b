import net from "node:net";
import tls from "node:tls";
import { readHeader } from "@/lib/core/formats/hl7v2/header";
import { readLean } from "@/lib/core/formats/hl7v2/lean";
import { createMllpReader, frameMllp } from "@/lib/core/formats/mllp/frames";
import { guardedLookup } from "../guarded-lookup";
import { type SendFailure, type SendTrouble, sendTroubleOf } from "../send-trouble";

/** How sending one message ended. `code`: MSA-1 of its acknowledgement. */
export type SendResult =
  | { readonly kind: "answered"; readonly code: string | undefined; readonly text: string }
  | SendFailure;

export type MllpTarget = {
  readonly host: string;
  readonly port: number;
  /** PEM. `ca`: the authority of the receiver; `cert` and `key`: our own, for mutual TLS. */
  readonly tls?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    /** Judges the receiver's certificate instead of an authority. */
    readonly accepts?: (certificate: tls.PeerCertificate) => boolean;
  };
  /** From the begin of connecting to the acknowledgement. */
  readonly timeoutMs: number;
};

/**
 * Sends one message on a connection of its own and waits for its acknowledgement: the one whose MSA-2 repeats MSH-10.
 * Others are passed over. Nothing is assumed and nothing sent twice. Never throws.
 */
export function sendMllp(ask: {
  readonly target: MllpTarget;
  readonly message: Buffer | string;
  readonly signal?: AbortSignal;
}): Promise<SendResult> {
  const { target, message, signal } = ask;
  const controlId = controlIdOf(message.toString());
  const reader = createMllpReader({ maxBytes: MAX_ANSWER });
  return new Promise((resolve) => {
    let hasLeft = false;
    const socket = connect(target);
    const end = (result: SendResult) => {
      clearTimeout(limit);
      signal?.removeEventListener("abort", stop);
      socket.destroy();
      resolve(result);
    };
    const fail = (cause: SendTrouble) => end({ kind: hasLeft ? "ambiguous" : "not-sent", cause });
    const stop = () => fail("stopped");
    const limit = setTimeout(() => fail("timeout"), target.timeoutMs);
    signal?.addEventListener("abort", stop, { once: true });
    socket.on(target.tls ? "secureConnect" : "connect", () => {
      if (socket instanceof tls.TLSSocket && target.tls?.accepts?.(socket.getPeerCertificate()) === false) {
        return fail("tls");
      }
      hasLeft = true;
      return void socket.write(frameMllp(message));
    });
    socket.on("data", (chunk: Buffer) => {
      const answer = reader
        .feed(chunk)
        .map(({ bytes }) => readAnswer(bytes.toString()))
        .find(isOf(controlId));
      if (answer !== undefined) end({ kind: "answered", ...answer });
    });
    socket.on("error", (error) => fail(sendTroubleOf(error)));
    socket.on("close", () => fail("closed"));
    if (signal?.aborted) stop();
  });
}

const MAX_ANSWER = 1024 ** 2;

type Answer = {
  readonly code: string | undefined;
  readonly controlId: string | undefined;
  readonly text: string;
};

function readAnswer(text: string): Answer {
  const message = readLean(text);
  const acknowledges = message && readHeader(message)?.acknowledges;
  return { code: acknowledges?.code, controlId: acknowledges?.controlId, text };
}

/** A message without a control id is answered by whatever comes first. */
function isOf(controlId: string | undefined): (answer: Answer) => boolean {
  return (answer) => controlId === undefined || answer.controlId === controlId;
}

function controlIdOf(text: string): string | undefined {
  const message = readLean(text);
  return message && readHeader(message)?.controlId;
}

function connect({ host, port, tls: secure }: MllpTarget): net.Socket {
  const place = { host, port, lookup: guardedLookup() };
  if (secure === undefined) return net.connect(place);
  const { accepts, ...pem } = secure;
  return tls.connect({
    ...place,
    ...pem,
    ...(net.isIP(host) === 0 && { servername: host }),
    minVersion: "TLSv1.2",
    rejectUnauthorized: accepts === undefined,
  });
}
