import { once } from "node:events";
import { connect, type PeerCertificate } from "node:tls";

/**
 * Sends syslog messages over one TLS connection, each with the count of its bytes in front (RFC 5425). Nothing is
 * acknowledged: all that is known at the end is that they were handed over. @throws as a socket does
 */
export async function sendSyslog(ask: {
  readonly port: number;
  readonly messages: readonly string[];
  readonly accepts: (certificate: PeerCertificate) => boolean;
  readonly signal: AbortSignal;
}): Promise<void> {
  // The one certificate that is right is known, and no authority has signed it.
  const socket = connect({ host: "127.0.0.1", port: ask.port, rejectUnauthorized: false });
  const stop = () => socket.destroy(new Error("Stopped."));
  ask.signal.addEventListener("abort", stop, { once: true });
  try {
    await once(socket, "secureConnect");
    if (!ask.accepts(socket.getPeerCertificate())) throw new Error("Another certificate is shown.");
    socket.end(ask.messages.map((text) => `${Buffer.byteLength(text)} ${text}`).join(""));
    socket.resume();
    await once(socket, "close");
  } finally {
    ask.signal.removeEventListener("abort", stop);
    socket.destroy();
  }
}
