import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { frameMllp } from "@/lib/core/formats/mllp/frames";
import { examMessage } from "./exam-messages";
import type { MllpOrder, MllpReport } from "./mllp-protocol";

/* Sends messages over many connections and counts their acknowledgements. */

process.on("message", async (order: MllpOrder) => {
  const report = await obey(order).catch(
    (error: unknown): MllpReport => ({ kind: "failed", message: String(error) }),
  );
  process.send?.(report);
});
process.on("disconnect", () => process.exit(0));

let serial = 0;

async function obey(order: MllpOrder): Promise<MllpReport> {
  switch (order.kind) {
    case "listen":
      throw new Error("A sender does not listen.");
    case "open":
      for (let tries = 0; tries < 600; tries += 1) {
        if (await isOpen(order.port)) return { kind: "opened" };
        await sleep(100);
      }
      throw new Error("The port was not opened.");
    case "flood":
      return { kind: "flooded", seconds: await flood(order) };
    case "pace":
      return { kind: "paced", ackMs: await keepPace(order) };
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = net.connect({ host: "127.0.0.1", port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Every connection keeps `window` messages on their way. Answers with the seconds that all took. */
async function flood(order: Extract<MllpOrder, { kind: "flood" }>): Promise<number> {
  const share = Math.floor(order.messages / order.connections);
  const rest = order.messages - share * order.connections;
  const sockets = await connectAll(order);
  const shares = sockets.map((_, i) => Array.from({ length: share + (i < rest ? 1 : 0) }, nextMessage));
  const startedAt = performance.now();
  await Promise.all(
    sockets.map((socket, i) => sendAll(socket, { messages: shares[i] ?? [], window: order.window })),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const socket of sockets) socket.destroy();
  return seconds;
}

function sendAll(
  socket: net.Socket,
  of: { readonly messages: readonly Buffer[]; readonly window: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = 0;
    const fill = () => {
      const from = sent;
      sent = Math.min(of.messages.length, answered + of.window);
      if (sent > from) socket.write(Buffer.concat(of.messages.slice(from, sent)));
    };
    socket.on("data", (chunk: Buffer) => {
      answered += endsIn(chunk);
      if (answered >= of.messages.length) resolve();
      else fill();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("The connection was closed.")));
    fill();
  });
}

/** Sends so many a second over all connections, one at a time each, and answers with the time to each answer. */
async function keepPace(order: Extract<MllpOrder, { kind: "pace" }>): Promise<readonly number[]> {
  const sockets = await connectAll(order);
  const ackMs: number[] = [];
  const everyMs = (1_000 * order.connections) / order.perSecond;
  const startedAt = performance.now();
  const untilMs = order.seconds * 1_000;
  await Promise.all(
    sockets.map(async (socket, i) => {
      for (let n = 0; ; n += 1) {
        // From when it was due, so that a slow answer does not hide those behind it.
        const dueMs = (n + i / order.connections) * everyMs;
        if (dueMs > untilMs) return;
        const waitMs = dueMs - (performance.now() - startedAt);
        if (waitMs > 0) await sleep(waitMs);
        const answer = once(socket, "data");
        socket.write(nextMessage());
        await answer;
        ackMs.push(performance.now() - startedAt - dueMs);
      }
    }),
  );
  for (const socket of sockets) socket.destroy();
  return ackMs;
}

async function connectAll(to: {
  readonly port: number;
  readonly connections: number;
}): Promise<net.Socket[]> {
  const sockets = Array.from({ length: to.connections }, () =>
    net.connect({ host: "127.0.0.1", port: to.port }),
  );
  await Promise.all(sockets.map((socket) => once(socket.setNoDelay(true), "connect")));
  return sockets;
}

function nextMessage(): Buffer {
  serial += 1;
  return frameMllp(examMessage(String(process.pid), serial));
}

/** Blocks that end in a chunk; the client looks at no more of an answer. */
function endsIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(0x1c); at >= 0; at = chunk.indexOf(0x1c, at + 1)) count += 1;
  return count;
}
