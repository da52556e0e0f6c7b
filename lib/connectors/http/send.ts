import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { guardedLookup, refuseForbiddenHost } from "../guarded-lookup";
import { type SendFailure, type SendTrouble, sendTroubleOf } from "../send-trouble";

export type HttpMessage = {
  /** http: or https:, of exactly the host and port that were entered. */
  readonly url: string;
  readonly method: "POST" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
  /** PEM. `ca`: the authority of the receiver; `cert` and `key`: our own, for mutual TLS. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Makes the connection where a certificate is judged otherwise; nothing else may use it. */
  readonly agent?: Agent;
  /** From the begin of connecting to the end of the answer. */
  readonly timeoutMs: number;
};

/** How sending one request ended. Any status is an answer; what it means is the caller's to say. */
export type HttpSendResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | SendFailure;

/**
 * Sends one request on a connection of its own and waits for the whole answer. Redirects are not followed, nothing is
 * assumed and nothing sent twice: an answer that does not come, or breaks off, leaves it ambiguous. Never throws.
 */
export function sendHttp(ask: {
  readonly message: HttpMessage;
  readonly signal?: AbortSignal;
}): Promise<HttpSendResult> {
  const { message, signal } = ask;
  return new Promise((resolve) => {
    let hasLeft = false;
    let request: ClientRequest | undefined;
    const end = (result: HttpSendResult) => {
      clearTimeout(limit);
      signal?.removeEventListener("abort", stop);
      request?.destroy();
      resolve(result);
    };
    const fail = (cause: SendTrouble) => end({ kind: hasLeft ? "ambiguous" : "not-sent", cause });
    const stop = () => fail("stopped");
    const limit = setTimeout(() => fail("timeout"), message.timeoutMs);
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) return stop();
    try {
      request = open(message);
    } catch (error) {
      return fail(error instanceof Error ? sendTroubleOf(error) : "unreachable");
    }
    request.on("socket", (socket) => {
      // An agent may hand over a connection that stands already.
      hasLeft = !socket.connecting;
      // Node writes the request once the connection, or the handshake over it, stands.
      socket.once(message.url.startsWith("https:") ? "secureConnect" : "connect", () => {
        hasLeft = true;
      });
    });
    request.on("error", (error) => fail(sendTroubleOf(error)));
    request.on("response", (response) => {
      collect(response).then(
        (body) =>
          end({
            kind: "answered",
            status: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? "",
            body,
          }),
        () => fail("closed"),
      );
    });
    request.end(message.body);
  });
}

/** @throws Error ADDRESS_REFUSED for an address that no system has; TypeError for a URL that is none */
function open({ url, method, headers, body, tls, agent }: HttpMessage): ClientRequest {
  const { hostname } = new URL(url);
  refuseForbiddenHost(hostname.replace(/^\[|\]$/g, ""));
  const length = { "Content-Length": String(Buffer.byteLength(body)) };
  const options = {
    method,
    headers: { ...headers, ...length },
    agent: agent ?? false,
    lookup: guardedLookup(),
  };
  return url.startsWith("https:")
    ? httpsRequest(url, { ...options, ...tls, minVersion: "TLSv1.2" })
    : httpRequest(url, options);
}

/** Of an answer no more is kept than a person reads; the rest is read and dropped. */
const MAX_KEPT = 1024 ** 2;

async function collect(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    if (length < MAX_KEPT) chunks.push(bytes.subarray(0, MAX_KEPT - length));
    length += bytes.length;
  }
  if (!response.complete) throw new Error("The answer broke off.");
  return Buffer.concat(chunks).toString("utf8");
}
