import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestTimes } from "@/lib/config/http-limits";
import { type OpenServer, openServer } from "@/lib/worker/http-server";

const times = { headersTimeout: 100, requestTimeout: 300, connectionsCheckingInterval: 50 };
let server: OpenServer;

beforeAll(async () => {
  server = await openServer({
    host: "127.0.0.1",
    port: 0,
    times,
    handler: async (request) => new Response(await request.text()),
  });
});

afterAll(() => server.close());

/** Sends a text and then a byte of `x` every 20 ms for as long as it is let; resolves with what came back. */
function trickle(start: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, "127.0.0.1");
    let answer = "";
    const drip = setInterval(() => socket.write("x"), 20);
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(drip);
      resolve(answer);
    });
    socket.write(start);
  });
}

test("a body that never ends is answered 408 and cut off", async () => {
  const answer = await trickle("POST /api/v1/ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n[");
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

test("a head that never ends is answered 408 and cut off", async () => {
  expect(await trickle("POST /api/v1/ingest HTTP/1.1\r\nHost: x\r\nX-Slow: ")).toMatch(/^HTTP\/1\.1 408 /);
});

test("a body that comes in time is taken", async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(server.port, "127.0.0.1");
    socket.once("data", (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n[]");
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test("both listeners of the product give a minute, and ten seconds for the head", () => {
  expect(requestTimes).toMatchObject({ requestTimeout: 60_000, headersTimeout: 10_000 });
});
