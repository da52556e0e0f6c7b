import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type MllpServer, serveMllp, usualMllpLimits } from "@/lib/connectors/mllp/server";
import { createMllpReader, frameMllp, type MllpPiece } from "@/lib/core/formats/mllp/frames";
import { seededRandom } from "@/tests/support/random";
import { makeSelfSigned } from "@/tests/support/self-signed";

type Receive = (piece: MllpPiece, peer: string) => Promise<string | undefined>;
type Options = Omit<Parameters<typeof serveMllp>[0], "host" | "port" | "receive">;

const opened: MllpServer[] = [];
const sockets: net.Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of opened.splice(0)) await server.close();
});

async function listen(receive: Receive, options: Options = {}): Promise<MllpServer> {
  const server = await serveMllp({ host: "127.0.0.1", port: 0, receive, ...options });
  opened.push(server);
  return server;
}

async function connect(server: MllpServer): Promise<net.Socket> {
  const socket = net.connect({ host: "127.0.0.1", port: server.port });
  socket.on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

/** The answers that come over a connection, as they come. */
function answersOf(socket: net.Socket): string[] {
  const reader = createMllpReader({ maxBytes: 1_000_000 });
  const answers: string[] = [];
  socket.on("data", (chunk: Buffer) =>
    answers.push(...reader.feed(chunk).map(({ bytes }) => bytes.toString())),
  );
  return answers;
}

const echo: Receive = async (piece) => (piece.kind === "message" ? `ack ${piece.bytes}` : undefined);
const closed = (socket: net.Socket) =>
  vi.waitFor(() => expect(socket.closed).toBe(true), { timeout: 10_000 });

describe("an MLLP port", () => {
  test("answers each message in its order, however the connection splits and glues them", async () => {
    const server = await listen(async (piece) => {
      // Later ones are ready sooner.
      await new Promise((resolve) => setTimeout(resolve, piece.bytes.length % 7));
      return echo(piece, "");
    });
    const socket = await connect(server);
    const answers = answersOf(socket);
    const messages = Array.from({ length: 200 }, (_, i) => `MSH|${i}|${"x".repeat((i * 37) % 300)}`);
    const wire = Buffer.concat(messages.map(frameMllp));
    const random = seededRandom(7);
    for (let at = 0; at < wire.length; ) {
      const size = 1 + Math.floor(random() * 700);
      socket.write(wire.subarray(at, at + size));
      at += size;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(answers.length).toBe(200), { timeout: 10_000 });
    expect(answers).toEqual(messages.map((message) => `ack ${message}`));
  });

  test("closes a connection without an answer when what it sent could not be kept", async () => {
    const server = await listen(async () => Promise.reject(new Error("no room")));
    const socket = await connect(server);
    const answers = answersOf(socket);
    socket.write(frameMllp("MSH|1"));
    await closed(socket);
    expect(answers).toEqual([]);
  });

  test("hands on what is no message, and what a connection left unfinished", async () => {
    const got: string[] = [];
    const server = await listen(async (piece) => {
      got.push(`${piece.kind === "message" ? "message" : piece.problem}: ${piece.bytes}`);
      return undefined;
    });
    const garbage = await connect(server);
    garbage.end("GET / HTTP/1.1\r\n");
    await closed(garbage);
    const half = await connect(server);
    half.write("\u000bMSH|1");
    half.resetAndDestroy();
    await vi.waitFor(() => expect(got).toEqual(["outside_block: GET / HTTP/1.1\r\n", "cut_off: MSH|1"]));
  });

  test("stops reading while it is at work, so that a flood waits at the sender", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await listen(async (piece) => {
      await gate;
      return echo(piece, "");
    });
    const socket = await connect(server);
    const answers = answersOf(socket);
    const message = frameMllp(`MSH|${"x".repeat(100_000)}`);
    for (let i = 0; i < 300; i++) socket.write(message);
    await vi.waitFor(() => expect(socket.bytesWritten).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // 30 MB were sent; what the kernel holds for both sides is far less.
    expect(socket.writableLength).toBeGreaterThan(15_000_000);
    release();
    await vi.waitFor(() => expect(answers.length).toBe(300), { timeout: 20_000 });
  }, 30_000);

  test("closes who begins a block and does not end it in time, and leaves who is silent between blocks", async () => {
    const server = await listen(echo, { limits: { ...usualMllpLimits, blockMs: 200 } });
    const [slow, idle] = [await connect(server), await connect(server)];
    const drip = setInterval(() => slow.write("x"), 20);
    slow.write("\u000bMSH|");
    await closed(slow);
    clearInterval(drip);
    const answers = answersOf(idle);
    idle.write(frameMllp("MSH|still here"));
    await vi.waitFor(() => expect(answers).toEqual(["ack MSH|still here"]));
  });

  test("serves one more beside a thousand idle connections, and refuses those beyond its limit", async () => {
    const server = await listen(echo, { limits: { ...usualMllpLimits, maxConnections: 1_001 } });
    await Promise.all(Array.from({ length: 1_000 }, () => connect(server)));
    const last = await connect(server);
    const answers = answersOf(last);
    last.write(frameMllp("MSH|1"));
    await vi.waitFor(() => expect(answers).toEqual(["ack MSH|1"]));
    const beyond = await connect(server);
    await closed(beyond);
  });

  test("answers what it has received before it closes", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const received: string[] = [];
    const server = await listen(async (piece) => {
      received.push(piece.bytes.toString());
      await gate;
      return echo(piece, "");
    });
    const [busy, idle] = [await connect(server), await connect(server)];
    const answers = answersOf(busy);
    busy.write(frameMllp("MSH|last"));
    await vi.waitFor(() => expect(received).toEqual(["MSH|last"]));
    opened.splice(0);
    const over = server.close();
    await closed(idle);
    release();
    await over;
    await vi.waitFor(() => expect(answers).toEqual(["ack MSH|last"]));
  });

  test("speaks TLS to senders with a certificate of the named authority alone", async () => {
    const [ours, sender] = [makeSelfSigned(), makeSelfSigned()];
    const pem = { cert: Buffer.from(ours.cert), key: Buffer.from(ours.key), ca: Buffer.from(sender.cert) };
    const server = await listen(echo, { tls: pem });
    const reach = (shown: { readonly cert?: string; readonly key?: string }) => {
      const socket = tls.connect({ host: "127.0.0.1", port: server.port, ca: ours.cert, ...shown });
      socket.on("error", () => undefined);
      sockets.push(socket);
      socket.write(frameMllp("MSH|1"));
      return { socket, answers: answersOf(socket) };
    };
    const known = reach({ cert: sender.cert, key: sender.key });
    await vi.waitFor(() => expect(known.answers).toEqual(["ack MSH|1"]));
    const unknown = reach({});
    await closed(unknown.socket);
    expect(unknown.answers).toEqual([]);
  });
});
