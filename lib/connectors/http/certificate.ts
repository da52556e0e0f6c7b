import { connect } from "node:tls";
import { addressKind } from "@/lib/core/net/address";
import { fingerprintOf, guardedConnection } from "./agent";

/**
 * SHA-256 fingerprint of the certificate that an https address shows, as `AA:BB:…`; undefined where none can be had. No
 * request is sent, so nothing secret leaves.
 */
export function readFingerprint(
  address: string,
  limit: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const { hostname, port, protocol } = new URL(address);
  if (protocol !== "https:" || addressKind(hostname) === "forbidden" || limit.signal.aborted)
    return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({
      ...guardedConnection,
      host,
      port: Number(port || 443),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
      timeout: limit.timeoutMs,
    });
    const end = (fingerprint: string | undefined) => {
      limit.signal.removeEventListener("abort", giveUp);
      socket.destroy();
      resolve(fingerprint);
    };
    const giveUp = () => end(undefined);
    limit.signal.addEventListener("abort", giveUp, { once: true });
    socket.once("secureConnect", () => end(printed(fingerprintOf(socket))));
    socket.once("error", giveUp);
    socket.once("timeout", giveUp);
  });
}

function printed(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(":");
}
