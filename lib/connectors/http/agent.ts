import { createHash } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent, type RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import { guardedLookup, refuseForbiddenHost } from "../guarded-lookup";
import type { ServerSettings } from "./settings";

/**
 * The connections to one server, kept open between calls: at most two, so that polling is never what keeps it busy.
 * Servers with equal address and certificate check share them.
 */
export function agentFor(config: ServerSettings): HttpAgent {
  const key = JSON.stringify([config.url, config.tls, config.fingerprint, config.ca]);
  const known = agents.get(key);
  if (known !== undefined) return known;
  const made = makeAgent(config);
  agents.set(key, made);
  return made;
}

/** SHA-256 of the certificate the other side showed, as 64 hex digits. */
export function fingerprintOf(socket: TLSSocket): string {
  return createHash("sha256").update(socket.getPeerCertificate().raw).digest("hex");
}

/** Why a connection was not made: the certificate is another one than the settings name. */
export const FINGERPRINT_DIFFERS = "FINGERPRINT_DIFFERS";

const agents = new Map<string, HttpAgent>();

const pooling = { keepAlive: true, maxSockets: 2, maxFreeSockets: 1 } as const;

/** How every connection to a server is made: to a judged address, and not below TLS 1.2. */
export const guardedConnection = { lookup: guardedLookup(), minVersion: "TLSv1.2" } as const;

/** As agentFor, for one call alone: a connection that was kept open may break with the call on it. Destroy it afterwards. */
export function agentForOne(config: ServerSettings): HttpAgent {
  return makeAgent(config);
}

function makeAgent(config: ServerSettings): HttpAgent {
  refuseForbiddenHost(new URL(config.url).hostname);
  if (config.url.startsWith("http:")) return new HttpAgent({ ...pooling, lookup: guardedConnection.lookup });
  if (config.tls === "fingerprint") return new PinnedAgent(config.fingerprint ?? "");
  return new HttpsAgent({
    ...pooling,
    ...guardedConnection,
    ...(config.ca === undefined ? {} : { ca: config.ca }),
  });
}

/** Trusts exactly one certificate, and hands a connection over only after it was seen: no password goes out before. */
class PinnedAgent extends HttpsAgent {
  private readonly fingerprint: string;

  constructor(fingerprint: string) {
    // A resumed session shows no certificate, so none is resumed.
    super({ ...pooling, maxCachedSessions: 0 });
    this.fingerprint = fingerprint;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const socket = connect({
      host: options.host ?? "localhost",
      port: Number(options.port ?? 443),
      ...(options.servername ? { servername: options.servername } : {}),
      rejectUnauthorized: false,
      ...guardedConnection,
    });
    socket.once("error", (error) => callback?.(error, socket));
    socket.once("secureConnect", () => {
      if (fingerprintOf(socket) === this.fingerprint) callback?.(null, socket);
      else
        socket.destroy(Object.assign(new Error("The certificate differs."), { code: FINGERPRINT_DIFFERS }));
    });
    return undefined;
  }
}
