import dgram from "node:dgram";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";

export type DatagramServer = {
  readonly port: number;
  readonly close: () => Promise<void>;
  /** How many datagrams the system threw away unread, because we were too slow; undefined where it does not say. */
  readonly unread: () => Promise<number | undefined>;
};

/** Enough for a burst of some thousand messages; the system may allow less. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 ** 2;

/** Listens for syslog over UDP (RFC 5426): a datagram a message. @throws when the port cannot be opened */
export async function serveDatagrams(ask: {
  readonly host: string;
  readonly port: number;
  readonly admits: (peer: string) => boolean;
  readonly receive: (bytes: Buffer, peer: string) => void;
}): Promise<DatagramServer> {
  const type = isIPv6(ask.host) ? "udp6" : "udp4";
  const socket = dgram.createSocket({ type, recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.on("message", (bytes, { address }) => {
    if (ask.admits(address)) ask.receive(bytes, address);
  });
  socket.bind({ address: ask.host, port: ask.port, exclusive: true });
  await once(socket, "listening");
  // Sockets of UDP have no peer to fail; what comes later is told by the system for single datagrams.
  socket.on("error", () => undefined);
  const { port } = socket.address();
  return {
    port,
    close: async () => {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
    unread: () => dropsOf(type === "udp6" ? "/proc/net/udp6" : "/proc/net/udp", port),
  };
}

/** Linux: the last column of /proc/net/udp, by local port in hexadecimal. */
async function dropsOf(table: string, port: number): Promise<number | undefined> {
  const text = await readFile(table, "utf8").catch(() => "");
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const row = text.split("\n").find((line) => line.trim().split(/\s+/)[1]?.endsWith(local));
  const drops = row?.trim().split(/\s+/).at(-1);
  return drops === undefined ? undefined : Number(drops);
}
