import { once } from "node:events";
import tls from "node:tls";
import { createSyslogReader } from "@/lib/core/formats/syslog/frames";
import type { AtnaOrder, AtnaReport } from "./atna-protocol";

/** Takes messages over TLS, frames them, and keeps nothing. */
let framed = 0;
let wanted = Number.POSITIVE_INFINITY;
const tell = (report: AtnaReport) => void process.send?.(report);

process.on("message", async (order: AtnaOrder) => {
  if (order.kind === "listen") {
    const server = tls.createServer({ cert: order.cert, key: order.key }, receive);
    server.listen({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    const address = server.address();
    tell({ kind: "listening", port: typeof address === "object" && address !== null ? address.port : 0 });
  }
  if (order.kind === "await") {
    wanted = order.messages;
    look();
  }
});
process.on("disconnect", () => process.exit(0));

function receive(socket: tls.TLSSocket): void {
  const reader = createSyslogReader({ maxBytes: 1_000_000 });
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    framed += reader.feed(chunk).length;
    look();
  });
}

function look(): void {
  if (framed < wanted) return;
  framed = 0;
  wanted = Number.POSITIVE_INFINITY;
  tell({ kind: "framed" });
}
