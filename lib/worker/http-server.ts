import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { answerEndpoint } from "@/lib/api/endpoints";
import { env } from "@/lib/config/env";
import { logFor } from "@/lib/telemetry/log";
import { sendResponse, toRequest } from "./http-bridge";

/** A client that sends slower than this is cut off, so that slow bodies cannot hold all connections. */
const WHOLE_REQUEST_MS = 60_000;
const HEADERS_MS = 10_000;
/** Longer than a load balancer's usual idle time, so that it is never us who close under a request. */
const KEEP_ALIVE_MS = 75_000;
const DRAIN_LIMIT_MS = 5_000;

const log = logFor("ingest");

/**
 * Serves the endpoints of the API on INGEST_PORT, over TLS where TLS_CERT is set. Resolves when `signal` aborted and
 * running requests were answered. @throws when the port cannot be opened
 */
export async function serveIngest({ signal }: { readonly signal: AbortSignal }): Promise<void> {
  const { host, ingestPort: port, tls } = env();
  const options = { requestTimeout: WHOLE_REQUEST_MS, headersTimeout: HEADERS_MS };
  const server = tls
    ? https.createServer(
        { ...options, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) },
        answer,
      )
    : http.createServer(options, answer);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, { host, port });
  log.info("The ingest port is open.", { host, port, isTls: tls !== undefined });
  await closed(server, signal);
}

function answer(incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
  answerEndpoint(toRequest(incoming))
    .then((response) => sendResponse(response, outgoing))
    .catch((error: unknown) => {
      log.debug("A client went away before its answer.", { error });
      outgoing.destroy();
    });
}

function listen(server: http.Server, at: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Resolves when the server has closed: by the signal, or by an error of the listening socket (rejects). */
function closed(server: http.Server, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const close = () => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MS).unref();
    };
    if (signal.aborted) close();
    else signal.addEventListener("abort", close, { once: true });
  });
}
