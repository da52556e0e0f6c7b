import type { IncomingMessage, ServerResponse } from "node:http";

/** A Fetch request from Node's own; the body streams, so a handler decides how much of it is read. */
export function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  const raw = incoming.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) headers.append(raw[i] ?? "", raw[i + 1] ?? "");
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

/** Writes a Fetch response out. Resolves when the client has all of it, or has gone. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  // A body that was refused unread cannot be told apart from the next request on this connection.
  const isUnread = !outgoing.req.complete;
  if (isUnread) outgoing.setHeader("Connection", "close");
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  outgoing.setHeader("Content-Length", body.length);
  outgoing.writeHead(response.status);
  await new Promise<void>((resolve) => {
    outgoing.once("close", resolve);
    outgoing.end(body, resolve);
  });
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      incoming.pause();
      incoming.on("data", (chunk: Buffer) => {
        controller.enqueue(chunk);
        incoming.pause();
      });
      incoming.once("end", () => controller.close());
      incoming.once("error", (error) => controller.error(error));
    },
    pull: () => {
      incoming.resume();
    },
    cancel: () => {
      incoming.pause();
    },
  });
}
