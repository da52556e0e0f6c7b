import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { answerEndpoint } from "@/lib/api/endpoints";
import type { Handler } from "@/lib/api/handler";
import { type Env, env } from "@/lib/config/env";
import { type RequestTimes, requestTimes } from "@/lib/config/http-limits";
import { logFor } from "@/lib/telemetry/log";
import { nodeListener } from "./http-bridge";

const log = logFor("ingest");

/**
 * Serves the endpoints of the API on INGEST_PORT, over TLS where TLS_CERT is set, to holders of a certificate alone where
 * TLS_CLIENT_CA is. Resolves when `signal` aborted and
 * running requests were answered. @throws when the port cannot be opened
 */
export async function serveIngest({ signal }: { readonly signal: AbortSignal }): Promise<void> {
  const { host, ingestPort, tls, clientCaFile, trustedProxies } = env();
  const wire = { host, port: ingestPort, tls, clientCaFile, trustedProxies };
  const server = await openServer({ ...wire, handler: answerEndpoint });
  const isMutual = clientCaFile !== undefined;
  log.info("The ingest port is open.", { host, port: server.port, isTls: tls !== undefined, isMutual });
  await untilAborted(signal);
  await server.close();
}

export type OpenServer = { readonly port: number; readonly close: () => Promise<void> };

/** Longer than a load balancer's usual idle time, so that it is never us who close under a request. */
const KEEP_ALIVE_MS = 75_000;
const DRAIN_LIMIT_MS = 5_000;

/** Opens a port for a handler; port 0 takes a free one. `close` lets running requests finish, for a while. */
export async function openServer(ask: {
  readonly host: string;
  readonly port: number;
  readonly tls?: Env["tls"];
  /** With `tls`: who shows no certificate of these authorities is not let in (RFC 8446, 4.3.2). */
  readonly clientCaFile?: string | undefined;
  /** Proxies whose forwarded headers are believed; none by default. */
  readonly trustedProxies?: readonly string[];
  readonly handler: Handler;
  /** For tests of what happens when they are over. */
  readonly times?: RequestTimes;
}): Promise<OpenServer> {
  const options = ask.times ?? requestTimes;
  const listener = nodeListener(ask.handler, ask.trustedProxies ?? []);
  const server = ask.tls
    ? https.createServer(
        { ...options, minVersion: "TLSv1.2", ...readTls(ask.tls), ...readClientCa(ask.clientCaFile) },
        listener,
      )
    : http.createServer(options, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: ask.host, port: ask.port }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : ask.port,
    close: () => closeServer(server),
  };
}

function readTls(tls: NonNullable<Env["tls"]>): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
}

function readClientCa(file: string | undefined) {
  return file === undefined ? {} : { ca: readFileSync(file), requestCert: true, rejectUnauthorized: true };
}

function closeServer(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
