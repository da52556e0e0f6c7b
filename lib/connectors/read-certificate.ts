import tls from "node:tls";
import type { Endpoint } from "@/lib/core/estate/endpoint";
import { ADDRESS_REFUSED, guardedLookup, refuseForbiddenHost } from "./guarded-lookup";

/** What a TLS handshake showed of the other side. */
export type SeenCertificate = {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** "TLSv1.3". */
  readonly protocol: string;
};

export type CertificateReading =
  | { readonly ok: true; readonly seen: SeenCertificate }
  /** `problem`: why none was read, in words for a person. */
  | { readonly ok: false; readonly problem: string };

const TIMEOUT_MS = 10_000;

/**
 * Shakes hands with a TLS listener and reads the certificate that it shows, whoever signed it: an expired or self-signed one
 * is what is looked for. Nothing is sent over the connection.
 */
export function readCertificate(endpoint: Endpoint): Promise<CertificateReading> {
  const { host, port } = endpoint;
  return new Promise((resolve) => {
    let socket: tls.TLSSocket | undefined;
    const settle = (reading: CertificateReading) => {
      socket?.destroy();
      resolve(reading);
    };
    try {
      refuseForbiddenHost(host);
    } catch (error) {
      settle({ ok: false, problem: problemOf(error) });
      return;
    }
    socket = tls.connect({
      host,
      port,
      servername: /^[\d.:a-f]+$/i.test(host) ? "" : host,
      lookup: guardedLookup(),
      // Judging the certificate is what the reading is for; nothing goes over this connection.
      rejectUnauthorized: false,
      minVersion: "TLSv1.2",
    });
    socket.setTimeout(TIMEOUT_MS, () => settle({ ok: false, problem: "it does not answer." }));
    socket.once("error", (error) => settle({ ok: false, problem: problemOf(error) }));
    socket.once("secureConnect", () => {
      settle(socket === undefined ? { ok: false, problem: "it broke off." } : readingOf(socket));
    });
  });
}

function readingOf(socket: tls.TLSSocket): CertificateReading {
  const certificate = socket.getPeerCertificate();
  if (certificate.valid_to === undefined) return { ok: false, problem: "it shows none." };
  return {
    ok: true,
    seen: {
      subject: nameOf(certificate.subject),
      issuer: nameOf(certificate.issuer),
      validFrom: new Date(certificate.valid_from),
      validTo: new Date(certificate.valid_to),
      protocol: socket.getProtocol() ?? "",
    },
  };
}

/** The common name, else the organisation; either may stand several times. */
function nameOf(name: tls.Certificate | undefined): string {
  return [name?.CN ?? name?.O ?? ""].flat().join(", ").slice(0, 200);
}

function problemOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return problems[code] ?? "it does not speak TLS 1.2 or newer there.";
}

const problems: Readonly<Record<string, string>> = {
  [ADDRESS_REFUSED]: "no system can be at this address.",
  ENOTFOUND: "its name is not known.",
  EAI_AGAIN: "its name could not be looked up.",
  ECONNREFUSED: "nothing listens at this port.",
  ECONNRESET: "it broke off the handshake.",
  EHOSTUNREACH: "no way leads there.",
  ENETUNREACH: "no way leads there.",
  ETIMEDOUT: "it does not answer.",
};
