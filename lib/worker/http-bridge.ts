import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Handler } from "@/lib/api/handler";
import { settleForwarded } from "@/lib/config/forwarded";

/**
 * A listener for Node's own server from a framework-free handler that never throws. What a request says about the client
 * behind it holds only where a trusted proxy says so.
 */
export function nodeListener(
  handler: Handler,
  trustedProxies: readonly string[],
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    // A client that went away before its answer is nobody to answer.
    respond(async () => handler(toRequest(incoming, trustedProxies)), incoming, outgoing).catch(() =>
      outgoing.destroy(),
    );
  };
}

async function respond(
  answer: () => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await answer();
  const body = Buffer.from(await response.arrayBuffer());
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  outgoing.setHeader("Content-Length", body.length);
  outgoing.writeHead(response.status);
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}

/** A Fetch request from Node's own; the body streams, so that a handler decides how much of it is read. */
function toRequest(incoming: IncomingMessage, trustedProxies: readonly string[]): Request {
  const headers = headersOf(incoming, trustedProxies);
  const method = incoming.method ?? "GET";
  const url = new URL(incoming.url ?? "/", "http://ingest.invalid");
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  const init: RequestInit & { readonly duplex: "half" } = {
    method,
    headers,
    body: bodyOf(incoming),
    duplex: "half",
  };
  return new Request(url, init);
}

function headersOf(incoming: IncomingMessage, trustedProxies: readonly string[]): Headers {
  const headers = new Headers();
  const raw = incoming.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) headers.append(raw[i] ?? "", raw[i + 1] ?? "");
  for (const name of ["forwarded", "x-real-ip", "x-forwarded-port"]) headers.delete(name);
  const settled = settleForwarded({
    peer: incoming.socket.remoteAddress ?? "",
    isTls: incoming.socket instanceof TLSSocket,
    headers: incoming.headers,
    trustedProxies,
  });
  for (const [name, value] of Object.entries(settled)) headers.set(name, value);
  return headers;
}

/**
 * Nothing is read before the handler asks. A body that a handler gives up, or never asks for, is read and dropped
 * (Node does the latter by itself), so that a client still sending receives its answer instead of a reset connection.
 */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isStarted = false;
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    isStarted = true;
    incoming.on("data", (chunk: Buffer) => {
      controller.enqueue(chunk);
      if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
    });
    incoming.once("end", () => controller.close());
    incoming.once("error", (error) => controller.error(error));
  };
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (!isStarted) start(controller);
        incoming.resume();
      },
      cancel: () => {
        incoming.removeAllListeners("data").removeAllListeners("end");
        incoming.resume();
      },
    },
    new CountQueuingStrategy({ highWaterMark: 0 }),
  );
}
