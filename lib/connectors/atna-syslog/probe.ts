import { X509Certificate } from "node:crypto";
import dgram from "node:dgram";
import { once } from "node:events";
import net, { isIPv6 } from "node:net";
import type { PollIo, ProbeReport, ProbeWarning } from "../connector";
import { listenDiagnosis, listenTroubleOf } from "../listen-trouble";
import { listenTls } from "../mllp/listen-tls";
import type { AtnaConfig } from "./config";

/** Whether the port can be opened with these settings. It is opened for a moment, and nothing is sent. */
export async function probe(config: AtnaConfig, io: PollIo): Promise<ProbeReport> {
  const at = { host: config.host || "127.0.0.1", port: config.port };
  const warnings = warningsOf(config);
  try {
    const { transport } = config;
    const isTls = transport === "tls" || transport === "mutual-tls";
    const tls = listenTls(!isTls ? "off" : transport === "tls" ? "on" : "mutual", io.secret);
    if (tls !== undefined) new X509Certificate(tls.cert);
    await (transport === "udp" ? tryUdp(at) : tryTcp(at));
    const diagnosis = `Port ${at.port} on ${at.host} is free. It is opened within seconds after the source is saved.`;
    return { ok: true, diagnosis, warnings };
  } catch (error) {
    const trouble = listenTroubleOf(error);
    const own =
      trouble === "port_in_use"
        ? " Where this source is saved already, that is Signalbox itself: the source's page says whether it listens."
        : "";
    return { ok: false, diagnosis: `${listenDiagnosis(trouble, at)}${own}`, warnings };
  }
}

type Place = { readonly host: string; readonly port: number };

/** Opens the port and closes it again. @throws as opening does */
async function tryTcp(at: Place): Promise<void> {
  const server = net.createServer((socket) => socket.destroy());
  server.listen(at);
  await once(server, "listening");
  server.close();
  await once(server, "close");
}

async function tryUdp({ host, port }: Place): Promise<void> {
  const socket = dgram.createSocket(isIPv6(host) ? "udp6" : "udp4");
  socket.bind({ address: host, port, exclusive: true });
  await once(socket, "listening");
  socket.close();
}

function warningsOf({ transport, host, allowedPeers }: AtnaConfig): readonly ProbeWarning[] {
  if (/^(127\.|::1$|localhost$)/.test(host)) return [];
  const warnings: ProbeWarning[] = [];
  if (transport === "tcp" || transport === "udp") {
    const text = "Without TLS audit messages, and the patients in them, cross the network in clear.";
    warnings.push({ severity: "warning", text });
  }
  if (transport === "udp") {
    const text =
      "UDP loses messages when the network or this server is busy, and cuts long ones. Use TLS where the sender can.";
    warnings.push({ severity: "warning", text });
  }
  if (transport !== "mutual-tls" && allowedPeers === "") {
    const text =
      "Anybody who reaches the port may write into the audit trail. Name the addresses that may send, or ask for certificates.";
    warnings.push({ severity: "warning", text });
  }
  return warnings;
}
