import net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { PollIo } from "@/lib/connectors/connector";
import { hl7Mllp } from "@/lib/connectors/hl7-mllp/index";
import { sendMllp } from "@/lib/connectors/mllp/send";
import { type MllpServer, serveMllp } from "@/lib/connectors/mllp/server";
import { acknowledge } from "@/lib/core/formats/hl7v2/acknowledge";
import { freePort } from "@/tests/support/free-port";
import { anHl7Message } from "@/tests/support/mllp-client";
import { makeSelfSigned } from "@/tests/support/self-signed";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Receive = Parameters<typeof serveMllp>[0]["receive"];

async function serve(
  receive: Receive,
  tls?: { readonly cert: Buffer; readonly key: Buffer },
): Promise<MllpServer> {
  const server = await serveMllp({ host: "127.0.0.1", port: 0, receive, ...(tls && { tls }) });
  closers.push(server.close);
  return server;
}

const accepts: Receive = async ({ bytes }) => ack(bytes.toString(), "AA");
function ack(message: string, code: "AA" | "AE"): string {
  return acknowledge(message, { code, controlId: "A1", now: new Date() });
}

const to = (port: number, timeoutMs = 5_000) => ({ host: "127.0.0.1", port, timeoutMs });

describe("sending one message over MLLP", () => {
  test("ends with the acknowledgement that names it, whatever the code", async () => {
    const server = await serve(accepts);
    expect(await sendMllp({ target: to(server.port), message: anHl7Message(1) })).toMatchObject({
      kind: "answered",
      code: "AA",
    });
    const refusing = await serve(async ({ bytes }) => ack(bytes.toString(), "AE"));
    expect(await sendMllp({ target: to(refusing.port), message: anHl7Message(1) })).toMatchObject({
      code: "AE",
    });
  });

  test("passes over the acknowledgement of another message, and knows nothing when none of its own comes", async () => {
    const server = await serve(async () => ack(anHl7Message("other"), "AA"));
    expect(await sendMllp({ target: to(server.port, 300), message: anHl7Message(1) })).toEqual({
      kind: "ambiguous",
      cause: "timeout",
    });
  });

  test("knows nothing when the connection closes after the message has left, and sends nothing twice", async () => {
    let count = 0;
    const server = await serve(async () => {
      count += 1;
      throw new Error("not kept");
    });
    const result = await sendMllp({ target: to(server.port), message: anHl7Message(1) });
    expect(result).toEqual({ kind: "ambiguous", cause: "closed" });
    expect(count).toBe(1);
  });

  test("has sent nothing where nobody listens, or the certificate is not the one", async () => {
    const refused = await sendMllp({ target: to(await freePort()), message: anHl7Message(1) });
    expect(refused).toEqual({ kind: "not-sent", cause: "refused" });
    const { cert, key } = makeSelfSigned();
    const server = await serve(accepts, { cert: Buffer.from(cert), key: Buffer.from(key) });
    const target = to(server.port);
    const message = anHl7Message(1);
    expect(await sendMllp({ target: { ...target, tls: {} }, message })).toEqual({
      kind: "not-sent",
      cause: "tls",
    });
    expect(await sendMllp({ target: { ...target, tls: { ca: cert } }, message })).toMatchObject({
      code: "AA",
    });
  });
});

describe("the connection test of a port", () => {
  const io = (secrets: Readonly<Record<string, string>> = {}): PollIo => ({
    signal: AbortSignal.timeout(20_000),
    fetch,
    now: () => new Date(),
    log: () => undefined,
    secret: (name) => secrets[name],
    columnMapping: {},
    retainFrom: new Date(),
  });
  const probe = (settings: object, secrets?: Readonly<Record<string, string>>) =>
    hl7Mllp.probe?.(hl7Mllp.config.parse(settings), io(secrets));

  test("tells a free port from one of another program", async () => {
    const port = await freePort();
    expect(await probe({ port })).toMatchObject({ ok: true });
    const other = net.createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => other.close(() => resolve())));
    const report = await probe({ port });
    expect(report).toMatchObject({ ok: false });
    expect(report?.diagnosis).toContain("another program");
  });

  test("recognises its own port, in clear and with TLS, and stores nothing there", async () => {
    const { cert, key } = makeSelfSigned();
    for (const tls of ["off", "on"]) {
      const settings = { port: await freePort(), tls };
      const secrets = { certificate: cert.replaceAll("\n", " "), key };
      const stop = new AbortController();
      let submitted = 0;
      let opened: () => void = () => undefined;
      const isOpen = new Promise<void>((resolve) => {
        opened = resolve;
      });
      const closed = hl7Mllp.listen?.(hl7Mllp.config.parse(settings), {
        ...io(secrets),
        signal: stop.signal,
        host: "127.0.0.1",
        ready: opened,
        submit: async () => {
          submitted += 1;
          return { items: [], rejected: [] };
        },
      });
      await isOpen;
      expect(await probe(settings, secrets)).toMatchObject({ ok: true });
      expect(submitted).toBe(0);
      stop.abort();
      await closed;
    }
  });

  test("says that a certificate is missing", async () => {
    const report = await probe({ port: await freePort(), tls: "on" });
    expect(report?.ok).toBe(false);
    expect(report?.diagnosis).toContain("certificate");
  });
});
