import http from "node:http";
import https from "node:https";
import net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type HttpMessage, sendHttp } from "@/lib/connectors/http/send";
import { freePort } from "@/tests/support/free-port";
import { makeSelfSigned } from "@/tests/support/self-signed";

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen<Server extends net.Server>(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const messageTo = (url: string, more: Partial<HttpMessage> = {}): HttpMessage => ({
  url,
  method: "POST",
  headers: { "content-type": "application/fhir+json" },
  body: '{"resourceType":"Bundle"}',
  timeoutMs: 2_000,
  ...more,
});
const send = (url: string, more?: Partial<HttpMessage>) => sendHttp({ message: messageTo(url, more) });

describe("a request that is sent", () => {
  test("arrives whole and once, and any status is an answer", async () => {
    const seen: string[] = [];
    const port = await listen(
      http.createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(Buffer.from(chunk));
        seen.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
        response.writeHead(422, { "content-type": "application/fhir+json" }).end("{}");
      }),
    );
    expect(await send(`http://127.0.0.1:${port}/fhir`)).toEqual({
      kind: "answered",
      status: 422,
      contentType: "application/fhir+json",
      body: "{}",
    });
    expect(seen).toEqual(['POST /fhir {"resourceType":"Bundle"}']);
  });

  test("follows no redirect: that is an answer too", async () => {
    const port = await listen(
      http.createServer((_, response) => void response.writeHead(307, { location: "/other" }).end()),
    );
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: "answered", status: 307 });
  });

  test("goes over TLS only to whom its authority signed", async () => {
    const { key, cert } = makeSelfSigned();
    const port = await listen(https.createServer({ key, cert }, (_, response) => void response.end("ok")));
    const url = `https://127.0.0.1:${port}/`;
    expect(await send(url)).toEqual({ kind: "not-sent", cause: "tls" });
    expect(await send(url, { tls: { ca: cert } })).toMatchObject({ kind: "answered", status: 200 });
  });

  test("keeps a megabyte of an answer without end in sight", async () => {
    const port = await listen(
      http.createServer((_, response) => void response.end("x".repeat(3 * 1024 ** 2))),
    );
    const result = await send(`http://127.0.0.1:${port}/`);
    expect(result.kind === "answered" ? result.body.length : 0).toBe(1024 ** 2);
  });
});

describe("what is not assumed", () => {
  test("an answer that does not come leaves it ambiguous", async () => {
    const port = await listen(http.createServer(() => undefined));
    expect(await send(`http://127.0.0.1:${port}/`, { timeoutMs: 100 })).toEqual({
      kind: "ambiguous",
      cause: "timeout",
    });
  });

  test("an answer that breaks off leaves it ambiguous", async () => {
    const port = await listen(
      net.createServer((socket) => {
        socket.on("error", () => undefined);
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"));
      }),
    );
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ kind: "ambiguous", cause: "closed" });
  });

  test("a receiver that is not there got nothing", async () => {
    const port = await freePort();
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ kind: "not-sent", cause: "refused" });
  });

  test("a stop before anything left says so", async () => {
    const port = await listen(http.createServer(() => undefined));
    const message = messageTo(`http://127.0.0.1:${port}/`);
    expect(await sendHttp({ message, signal: AbortSignal.abort() })).toEqual({
      kind: "not-sent",
      cause: "stopped",
    });
  });

  test.each(["http://169.254.169.254/latest", "http://[fe80::1]/"])("nothing goes to %s", async (url) => {
    expect(await send(url)).toEqual({ kind: "not-sent", cause: "address_refused" });
  });
});
