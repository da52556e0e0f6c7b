import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { ingestHandler } from "@/lib/api/ingest/handle-ingest";
import type { Actor } from "@/lib/core/authz/actor";
import { createToken } from "@/lib/services/tokens/create-token";
import { push, withPort } from "@/tests/support/ingest-port";
import { addSource, withStorage } from "@/tests/support/storage";

const system: Actor = { kind: "system", name: "tests" };
const db = withStorage();
const body = { maxBodyBytes: 10_000, maxInFlightBytes: 15_000, maxBodyMs: 300 };
const small = withPort(() => ingestHandler({ body, rate: { name: "small", points: 4, windowS: 3_600 } }));
const roomy = withPort(() => ingestHandler({ body, rate: { name: "roomy", points: 1_000, windowS: 3_600 } }));
let sourceId = 0;

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
});

async function token(name: string): Promise<string> {
  return (await createToken(system, { sourceId, name })).secret;
}

describe("the rate limit", () => {
  test("counts each token by itself, tells how much is left, and says when to come back", async () => {
    const busy = await token("busy");
    const send = (secret: string) => push({ url: small.url("/"), token: secret, body: "[]" });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await send(busy)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = await send(busy);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_500);
    expect(refused.body).toMatchObject({ code: "rate_limited", limit: 4, windowS: 3_600 });
    const other = await send(await token("calm"));
    expect(other.status).toBe(200);
    expect(other.headers.get("ratelimit-policy")).toBe('"small";q=4;w=3600');
    expect(other.headers.get("ratelimit")).toMatch(/^"small";r=3;t=\d+$/);
  });
});

describe("bodies", () => {
  test("that do not fit beside those in flight are refused at once, and taken when there is room again", async () => {
    const secret = await token("full");
    const slow = openBody({ port: roomy.port(), secret, announced: 9_000 });
    await slow.accepted;
    const text = JSON.stringify(["x".repeat(7_000)]);
    const refused = await push({ url: roomy.url("/"), token: secret, body: text });
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    slow.end();
    await slow.closed;
    expect((await push({ url: roomy.url("/"), token: secret, body: text })).status).toBe(207);
  });

  test("that trickle in are cut off", async () => {
    const secret = await token("slow");
    const answer = await new Promise<number>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${secret}`, "Content-Type": "application/json" };
      const sent = request({ host: "127.0.0.1", port: roomy.port(), method: "POST", headers }, (response) => {
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      sent.on("error", reject);
      sent.write("[");
    });
    expect(answer).toBe(400);
  });

  test("of another type, charset or encoding are refused by type", async () => {
    const secret = await token("types");
    const send = (type: string) => push({ url: roomy.url("/"), token: secret, body: "[]", type });
    expect((await send("text/plain")).status).toBe(415);
    expect((await send("application/json; charset=latin1")).status).toBe(415);
    expect((await send('application/json; charset="UTF-8"')).status).toBe(200);
  });
});

/** Sends the head of a request and half of its body, and waits. */
function openBody(ask: { readonly port: number; readonly secret: string; readonly announced: number }) {
  const socket = connect(ask.port, "127.0.0.1");
  const head = [
    "POST / HTTP/1.1",
    "Host: x",
    `Authorization: Bearer ${ask.secret}`,
    "Content-Type: application/json",
    `Content-Length: ${ask.announced}`,
    "",
    "[",
  ];
  socket.write(head.join("\r\n"));
  return {
    accepted: sleep(150),
    closed: new Promise<void>((resolve) => socket.once("close", () => resolve())).then(() => sleep(50)),
    end: () => socket.destroy(),
  };
}
