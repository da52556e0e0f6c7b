import { afterEach, describe, expect, test } from "vitest";
import { type OpenServer, openServer } from "@/lib/worker/http-server";

let server: OpenServer | undefined;

afterEach(async () => {
  await server?.close();
});

/** What a handler of the ingest port is told of the client behind a request. */
async function told(ask: {
  readonly trustedProxies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}): Promise<Readonly<Record<string, string>>> {
  const { trustedProxies = [], headers } = ask;
  server = await openServer({
    host: "127.0.0.1",
    port: 0,
    trustedProxies,
    handler: async (request) => Response.json(Object.fromEntries(request.headers)),
  });
  const response = await fetch(`http://127.0.0.1:${server.port}/`, { headers });
  const all: Readonly<Record<string, string>> = await response.json();
  return Object.fromEntries(Object.entries(all).filter(([name]) => /forwarded|real-ip/.test(name)));
}

const claims = {
  "X-Forwarded-For": "203.0.113.7",
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Host": "box.example.org",
  "X-Forwarded-Port": "443",
  "X-Real-IP": "203.0.113.8",
  Forwarded: "for=203.0.113.9",
};

describe("what a request to the worker says about the client behind it", () => {
  test("is replaced by what the connection itself shows", async () => {
    const seen = await told({ headers: claims });
    expect(seen).toEqual({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": `127.0.0.1:${server?.port}`,
    });
  });

  test("holds where a trusted proxy says it", async () => {
    expect(await told({ headers: claims, trustedProxies: ["127.0.0.1"] })).toEqual({
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "box.example.org",
    });
  });
});
