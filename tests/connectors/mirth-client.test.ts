import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { afterAll, describe, expect, test } from "vitest";
import type { PollIo } from "@/lib/connectors/connector";
import { calls } from "@/lib/connectors/mirth/calls";
import { openEngine } from "@/lib/connectors/mirth/client";
import { mirth } from "@/lib/connectors/mirth/index";
import { startStub } from "@/tests/connectors/mirth-stub";
import { makeSelfSigned } from "@/tests/support/self-signed";

const io: PollIo = {
  signal: new AbortController().signal,
  fetch,
  now: () => new Date(),
  log: () => undefined,
  secret: () => "secret",
  columnMapping: {},
  retainFrom: new Date(0),
};

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** An engine that answers every call with this. */
async function answering(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttp(listener))}`;
}

function clientOf(url: string, settings: object = {}) {
  return openEngine(mirth.config.parse({ url, username: "reader", ...settings }), io);
}

describe("an engine that answers", () => {
  test("gets Basic credentials, the header it demands, XML as the format, and no session to keep", async () => {
    let seen: Record<string, unknown> = {};
    const url = await answering((request, response) => {
      seen = { ...request.headers, method: request.method };
      response.setHeader("Content-Type", "application/xml").end("<list/>");
    });
    expect(await clientOf(url).get(calls.statuses())).toMatchObject({ body: "<list/>" });
    expect(seen).toMatchObject({
      method: "GET",
      authorization: `Basic ${Buffer.from("reader:secret").toString("base64")}`,
      "x-requested-with": "Signalbox",
      accept: "application/xml",
    });
    expect(seen).not.toHaveProperty("cookie");
  });

  test("with 204 says that there is no such thing", async () => {
    const url = await answering((_, response) => response.writeHead(204).end());
    expect((await clientOf(url).get(calls.message({ channelId: "c", messageId: 9 }))).body).toBeUndefined();
  });

  test("with 401 just once is asked once more", async () => {
    let count = 0;
    const url = await answering((_, response) => {
      count += 1;
      response.writeHead(count === 1 ? 401 : 200, { "Content-Type": "application/xml" }).end("<list/>");
    });
    expect((await clientOf(url).get(calls.statuses())).body).toBe("<list/>");
    expect(count).toBe(2);
  });
});

describe("trouble has a code and a cause, and quotes nothing of the answer", () => {
  test.each([
    [400, "text/html", "source_protocol", "bad_request"],
    [401, "text/html", "source_refused", "wrong_password"],
    [403, "text/html", "source_refused", "forbidden"],
    [404, "text/html", "source_protocol", "not_found"],
    [406, "text/html", "source_protocol", "not_acceptable"],
    [500, "application/xml", "source_protocol", "engine_error"],
    [502, "text/html", "source_unreachable", "gateway"],
    [503, "text/html", "source_unreachable", "gateway"],
    [302, "text/html", "source_protocol", "redirect"],
    [200, "text/html", "source_protocol", "html"],
  ] as const)("status %i with %s", async (status, type, code, kind) => {
    const url = await answering((_, response) =>
      response
        .writeHead(status, { "Content-Type": type, Location: "/elsewhere" })
        .end("<html>DOE^JOHN</html>"),
    );
    const error: unknown = await clientOf(url)
      .get(calls.statuses())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, info: { kind, call: "statuses", status } });
    expect(JSON.stringify(error)).not.toContain("DOE");
  });

  test("nothing listens", async () => {
    await expect(clientOf("http://127.0.0.1:9").get(calls.version())).rejects.toMatchObject({
      code: "source_unreachable",
      info: { kind: "refused" },
    });
  });

  test("an answer that does not come in time", async () => {
    const url = await answering(() => undefined);
    const slow = clientOf(url, { timeoutSeconds: 1 });
    await expect(slow.get(calls.version())).rejects.toMatchObject({ info: { kind: "timeout" } });
  });

  test("an answer larger than is read", async () => {
    const url = await answering((_, response) => {
      response.setHeader("Content-Type", "application/xml");
      response.end(`<list>${"x".repeat(100_000)}</list>`);
    });
    const read = clientOf(url).get(calls.statuses(), { maxBytes: 10_000 });
    await expect(read).rejects.toMatchObject({ code: "source_protocol", info: { kind: "too_large" } });
  });

  test("https asked of a port without it", async () => {
    const url = await answering((_, response) => response.end("x"));
    const read = clientOf(url.replace("http:", "https:")).get(calls.version());
    await expect(read).rejects.toMatchObject({ code: "source_unreachable", info: { kind: "not_http" } });
  });
});

const certificate = makeSelfSigned();

describe("a self-signed certificate", () => {
  const serve = async (): Promise<{ readonly url: string; readonly asked: () => number }> => {
    let count = 0;
    const server = createHttps(certificate, (_, response) => {
      count += 1;
      response.setHeader("Content-Type", "text/plain").end("4.5.2");
    });
    return { url: `https://127.0.0.1:${await listen(server)}`, asked: () => count };
  };

  test("is refused as it stands, and the test of the connection shows its fingerprint", async () => {
    const { url, asked } = await serve();
    await expect(clientOf(url).get(calls.version())).rejects.toMatchObject({ info: { kind: "certificate" } });
    const report = await mirth.probe?.(mirth.config.parse({ url, username: "reader" }), io);
    expect(report?.ok).toBe(false);
    expect(report?.diagnosis).toContain(certificate.fingerprint);
    expect(asked()).toBe(0);
  });

  test("is accepted by its fingerprint", async () => {
    const { url } = await serve();
    const settings = { tls: "fingerprint", fingerprint: certificate.fingerprint };
    expect((await clientOf(url, settings).get(calls.version())).body).toBe("4.5.2");
  });

  test("with another fingerprint gets no request at all, so no password either", async () => {
    const { url, asked } = await serve();
    const settings = { tls: "fingerprint", fingerprint: "ab".repeat(32) };
    await expect(clientOf(url, settings).get(calls.version())).rejects.toMatchObject({
      info: { kind: "fingerprint" },
    });
    expect(asked()).toBe(0);
  });

  test("is accepted as its own authority", async () => {
    const { url } = await serve();
    expect((await clientOf(url, { ca: certificate.cert }).get(calls.version())).body).toBe("4.5.2");
  });
});

describe("an engine that restarts", () => {
  test("goes on being read with the same credentials, and no login is ever written", async () => {
    const stub = await startStub({ messages: 20 });
    await stub.sweep();
    stub.engine.restart();
    stub.wait(60_000);
    await stub.sweep();
    const names = (await stub.poll("events")).items.flatMap((item) =>
      item.kind === "audit" ? [item.name] : [],
    );
    expect(names).not.toContain("Login");
  });
});
