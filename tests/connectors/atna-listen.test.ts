import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createIntake } from "@/lib/connectors/atna-syslog/intake";
import type { ListenIo } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/errors";
import { anAuditMessage, counted } from "@/tests/support/audit-messages";
import { freePort } from "@/tests/support/free-port";
import { makeSelfSigned } from "@/tests/support/self-signed";

const connector = findConnector("atna-syslog");
const stored = { items: [], rejected: [] };

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Port = {
  readonly port: number;
  readonly came: Record<string, unknown>[];
  readonly stop: () => Promise<void>;
};

async function listen(config: Readonly<Record<string, unknown>>, io: Partial<ListenIo> = {}): Promise<Port> {
  const port = await freePort();
  const stop = new AbortController();
  const came: Record<string, unknown>[] = [];
  let tell: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const done = connector?.listen?.(
    { port, ...config },
    {
      signal: stop.signal,
      host: "127.0.0.1",
      now: () => new Date(),
      log: () => undefined,
      secret: () => undefined,
      ready: () => tell(),
      submit: async (wire) => {
        came.push(wire as Record<string, unknown>);
        return stored;
      },
      ...io,
    },
  );
  await Promise.race([opened, done]);
  const end = async () => {
    stop.abort();
    await done;
  };
  ends.push(end);
  return { port, came, stop: end };
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  ends.push(async () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

const texts = (port: Port) => port.came.flatMap(({ text }) => (text === undefined ? [] : [String(text)]));
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

describe("a port for audit messages", () => {
  test("takes them over TLS, and with certificates of an authority alone where it asks for them", async () => {
    const own = makeSelfSigned();
    const sender = makeSelfSigned();
    const secrets: Record<string, string> = { certificate: own.cert, key: own.key, ca: sender.cert };
    const port = await listen({ transport: "mutual-tls" }, { secret: (name) => secrets[name] });
    const target = { host: "127.0.0.1", port: port.port, ca: own.cert };
    const refused = tls.connect(target);
    refused.on("error", () => undefined);
    refused.write(counted(anAuditMessage()));
    await until(() => expect(refused.closed).toBe(true));
    const socket = tls.connect({ ...target, cert: sender.cert, key: sender.key });
    ends.push(async () => socket.destroy());
    await once(socket, "secureConnect");
    const message = anAuditMessage();
    socket.write(counted(message) + counted(message));
    await until(() => expect(texts(port)).toEqual([message, message]));
  });

  test("takes a datagram a message over UDP", async () => {
    const port = await listen({ transport: "udp" });
    const socket = dgram.createSocket("udp4");
    ends.push(async () => socket.close());
    const message = anAuditMessage();
    socket.send(message, port.port, "127.0.0.1");
    await until(() => expect(texts(port)).toEqual([message]));
    expect(port.came.map(({ kind }) => kind).sort()).toEqual(["losses", "message"]);
  });

  test("keeps what was begun when a connection breaks, and what is no message", async () => {
    const port = await listen({ transport: "tcp" });
    const socket = await connect(port.port);
    socket.end(`GET / HTTP/1.1\r\n\r\n${counted(anAuditMessage()).slice(0, 90)}`);
    await until(() => expect(port.came.map(({ problem }) => problem)).toEqual(["outside_frame", "cut_off"]));
  });

  test("closes who may not send", async () => {
    const port = await listen({ transport: "tcp", allowedPeers: "10.9.9.9" });
    const socket = await connect(port.port);
    await until(() => expect(socket.closed).toBe(true));
  });

  test("holds a thousand idle connections and serves one more", async () => {
    const port = await listen({ transport: "tcp" });
    for (let i = 0; i < 1_000; i += 1) await connect(port.port);
    const socket = await connect(port.port);
    socket.write(counted(anAuditMessage()));
    await until(() => expect(texts(port)).toHaveLength(1));
  });

  test("reads no more while too much is not stored, and stores all once it can", async () => {
    let isAway = true;
    const came: unknown[] = [];
    const port = await listen(
      { transport: "tcp" },
      {
        submit: async (wire) => {
          if (isAway) throw new AppError("overloaded", "The store is away.");
          came.push(wire);
          return stored;
        },
      },
    );
    const socket = await connect(port.port);
    const wire = Buffer.from(counted(anAuditMessage()).repeat(100));
    let wasHeld = false;
    const sent = 400;
    for (let i = 0; i < sent; i += 1) {
      if (!socket.write(wire)) {
        const drained = once(socket, "drain").then(() => "drained");
        const waited = new Promise((resolve) => setTimeout(resolve, 300, "held"));
        if ((await Promise.race([drained, waited])) === "held") {
          wasHeld = true;
          isAway = false;
          await drained;
        }
      }
    }
    isAway = false;
    await vi.waitFor(() => expect(came).toHaveLength(sent * 100), { timeout: 60_000, interval: 200 });
    expect(wasHeld).toBe(true);
  }, 90_000);
});

test("what comes by datagrams while too much is held is dropped and said to be", async () => {
  const abort = new AbortController();
  const intake = createIntake(
    { submit: () => new Promise(() => undefined), signal: abort.signal, log: () => undefined },
    { maxMessages: 2, maxCharacters: 1_000, retryMs: 1 },
  );
  const wire = { kind: "message", peer: "10.0.0.5", text: "x" } as const;
  expect([intake.offer(wire), intake.offer(wire), intake.offer(wire)]).toEqual([true, true, false]);
});

test("what the store refuses as an event is kept as it came", async () => {
  const kept: string[] = [];
  const intake = createIntake(
    {
      submit: async (wire) => {
        const { kind } = wire as { kind: string };
        if (kind === "message") throw new AppError("internal", "The database refused a value.");
        kept.push(kind);
        return stored;
      },
      signal: new AbortController().signal,
      log: () => undefined,
    },
    { maxMessages: 10, maxCharacters: 1_000, retryMs: 1 },
  );
  intake.offer({ kind: "message", peer: "10.0.0.5", text: "x" });
  await intake.drained();
  expect(kept).toEqual(["broken"]);
});
