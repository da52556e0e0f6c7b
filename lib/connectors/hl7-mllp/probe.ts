import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import type { PollIo, ProbeReport, ProbeWarning } from "../connector";
import { listenDiagnosis, listenTroubleOf } from "../listen-trouble";
import { listenTls } from "../mllp/listen-tls";
import { sendMllp } from "../mllp/send";
import type { MllpConfig } from "./config";
import { isSignOfLife } from "./sign-of-life";

/**
 * Whether the port can be opened, or is open already and ours. Only a port that is in use on an address of this machine is
 * connected to, and nothing but an empty block is sent there.
 */
export async function probe(config: MllpConfig, io: PollIo): Promise<ProbeReport> {
  const at: Place = { host: config.host || "127.0.0.1", port: config.port };
  const warnings = warningsOf(config);
  try {
    const tls = listenTls(config.tls, io.secret);
    if (tls !== undefined) new X509Certificate(tls.cert);
    await tryPort(at);
    const diagnosis = `Port ${at.port} on ${at.host} is free. It is opened within seconds after the source is saved.`;
    return { ok: true, diagnosis, warnings };
  } catch (error) {
    const trouble = listenTroubleOf(error);
    const isHere = trouble === "port_in_use" && (await isOurs(config, { at, io }));
    const diagnosis = isHere
      ? `Signalbox listens on port ${at.port} of ${at.host}, and answers.`
      : listenDiagnosis(trouble, at);
    return { ok: isHere, diagnosis, warnings };
  }
}

type Place = { readonly host: string; readonly port: number };

/** Opens the port and closes it again. @throws as opening does */
async function tryPort(at: Place): Promise<void> {
  const server = net.createServer((socket) => socket.destroy());
  server.listen(at);
  await once(server, "listening");
  server.close();
  await once(server, "close");
}

async function isOurs(
  config: MllpConfig,
  { at, io }: { readonly at: Place; readonly io: PollIo },
): Promise<boolean> {
  const tls = listenTls(config.tls, io.secret);
  const own = tls && new X509Certificate(tls.cert).fingerprint256;
  let isSeen = false;
  const accepts = ({ fingerprint256 }: { readonly fingerprint256: string }) => {
    isSeen = fingerprint256 === own;
    return isSeen;
  };
  const result = await sendMllp({
    target: { host: reachable(at.host), port: at.port, timeoutMs: 5_000, ...(tls && { tls: { accepts } }) },
    message: "",
    signal: io.signal,
  });
  // Who asks for certificates hangs up on us; showing our own is sign enough.
  return config.tls === "mutual" ? isSeen : result.kind === "answered" && isSignOfLife(result.text);
}

/** Where a port on every address is reached from this machine. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

function warningsOf({ tls, host, allowedPeers }: MllpConfig): readonly ProbeWarning[] {
  if (/^(127\.|::1$|localhost$)/.test(host)) return [];
  const warnings: ProbeWarning[] = [];
  if (tls === "off") {
    const text = "Without TLS the messages, and the patients in them, cross the network in clear.";
    warnings.push({ severity: "warning", text });
  }
  if (tls !== "mutual" && allowedPeers === "") {
    const text =
      "Anybody who reaches the port may send. Name the addresses that may connect, or ask for certificates.";
    warnings.push({ severity: "warning", text });
  }
  return warnings;
}
