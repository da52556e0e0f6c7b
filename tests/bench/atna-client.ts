import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import { anAuditMessage, counted } from "@/tests/support/audit-messages";
import type { AtnaOrder, AtnaReport } from "./atna-protocol";

/* Sends audit messages over TLS, as fast as the other side reads; syslog has no acknowledgement. */

process.on("message", async (order: AtnaOrder) => {
  const report = await obey(order).catch(
    (error: unknown): AtnaReport => ({ kind: "failed", message: String(error) }),
  );
  process.send?.(report);
});
process.on("disconnect", () => process.exit(0));

let sockets: tls.TLSSocket[] = [];
let serial = 0;

async function obey(order: AtnaOrder): Promise<AtnaReport> {
  if (order.kind === "connect") {
    for (const socket of sockets) socket.destroy();
    sockets = await Promise.all(Array.from({ length: order.connections }, () => connect(order)));
    return { kind: "connected" };
  }
  if (order.kind === "flood") {
    const share = order.messages / sockets.length;
    await Promise.all(sockets.map((socket) => send(socket, share)));
    return { kind: "sent" };
  }
  throw new Error("A sender does not listen.");
}

/** Tries until the port is open. */
async function connect(to: { readonly port: number; readonly ca: string }): Promise<tls.TLSSocket> {
  for (let tries = 0; tries < 600; tries += 1) {
    const socket = tls.connect({ host: "127.0.0.1", port: to.port, ca: to.ca });
    try {
      await once(socket, "secureConnect");
      return socket.on("error", () => undefined);
    } catch {
      socket.destroy();
      await sleep(100);
    }
  }
  throw new Error("The port was not opened.");
}

/** Messages that have to be made while others are on their way; no two are alike. */
async function send(socket: tls.TLSSocket, messages: number): Promise<void> {
  for (let left = messages; left > 0; left -= BURST) {
    const burst = Array.from({ length: Math.min(BURST, left) }, () => {
      serial += 1;
      return counted(
        anAuditMessage({ user: `user ${serial}`, patients: [`${serial % 50_000}^^^&1.2.3&ISO`] }),
      );
    });
    if (!socket.write(burst.join(""))) await once(socket, "drain");
  }
}

const BURST = 50;
