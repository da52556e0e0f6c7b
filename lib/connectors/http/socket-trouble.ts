import { ADDRESS_REFUSED } from "../guarded-lookup";
import { FINGERPRINT_DIFFERS } from "./agent";

/** Why a server could not be reached over the network. */
export type SocketTrouble =
  | "dns"
  | "address"
  | "refused"
  | "timeout"
  | "reset"
  | "no_route"
  | "certificate"
  | "fingerprint"
  | "not_http";

/** Why there was no answer at all, by the codes of Node and OpenSSL. */
export function troubleOfSocket(error: unknown): SocketTrouble {
  if (!(error instanceof Error)) return "reset";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "timeout";
  const code = "code" in error ? String(error.code) : "";
  return socketTroubles[code] ?? (isCertificateCode(code) ? "certificate" : otherTrouble(code));
}

const socketTroubles: Readonly<Record<string, SocketTrouble>> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  EHOSTUNREACH: "no_route",
  ENETUNREACH: "no_route",
  // OpenSSL meets something that is not TLS.
  EPROTO: "not_http",
  [FINGERPRINT_DIFFERS]: "fingerprint",
  [ADDRESS_REFUSED]: "address",
};

/** Node names certificate faults after OpenSSL's X509_V_ERR_ codes. */
function isCertificateCode(code: string): boolean {
  return /CERT|SIGNED|UNABLE_TO_|TLS_ALTNAME|CHAIN|PURPOSE/.test(code);
}

function otherTrouble(code: string): SocketTrouble {
  return code.startsWith("HPE_") || code.startsWith("ERR_SSL") ? "not_http" : "reset";
}
