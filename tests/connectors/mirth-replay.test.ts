import http from "node:http";
import type net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { replay } from "@/lib/connectors/mirth/replay";
import { freePort } from "@/tests/support/free-port";
import { type Stub, startStub } from "./mirth-stub";

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const failed = { 1: { kind: "error", failure: "nack_ae" } } as const;

/** A stub whose first channel holds one message that failed at its first destination. */
async function stubWithFailure() {
  const stub = await startStub({ config: { replayUsername: "replay" } });
  const [channel] = stub.engine.channels();
  const channelId = channel?.id ?? "";
  const message = stub.engine.post({ channelId, wanted: failed });
  const ref = { interface: channelId, leg: "1", messageId: String(message?.messageId) };
  stub.wait(60_000);
  return { stub, ref, again: (over: Over = {}) => sendAgain(stub, { ref, ...over }) };
}

type Over = { readonly url?: string; readonly password?: string; readonly timeoutSeconds?: number };

function sendAgain(stub: Stub, { ref, url, password, timeoutSeconds = 5 }: Over & { readonly ref: Ref }) {
  const secret = (name: string) =>
    name === "replayPassword" ? (password ?? "replay-of-the-demo") : undefined;
  const config = { ...stub.config, timeoutSeconds, ...(url === undefined ? {} : { url }) };
  return replay.send(config, { ...stub.io, secret }, ref);
}
type Ref = { readonly interface: string; readonly leg: string; readonly messageId: string };

/** Something between us and the engine. */
async function listen(handle: http.RequestListener): Promise<string> {
  const server = http.createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as net.AddressInfo;
  return `http://127.0.0.1:${address.port}`;
}

describe("a message that failed", () => {
  test("is sent again to its destination alone, as a new message; the original stays", async () => {
    const { stub, ref, again } = await stubWithFailure();
    expect(await again()).toEqual({ kind: "accepted" });
    stub.wait(60_000);
    const [original, copy] = stub.engine.listMessages(ref.interface);
    expect(original?.rows.find(({ metaDataId }) => metaDataId === 1)?.status).toBe("ERROR");
    expect(copy?.originalId).toBe(original?.messageId);
    expect(copy?.rows.map(({ metaDataId }) => metaDataId)).toEqual([0, 1]);
    const posts = stub.engine.requests().filter(({ method }) => method === "POST");
    expect(posts.map(({ path }) => path)).toEqual([
      `/api/channels/${ref.interface}/messages/${ref.messageId}/_reprocess?replace=false&filterDestinations=true&metaDataId=1`,
    ]);
  });

  test("is read back as a repetition of the original, which is no first attempt", async () => {
    const { stub, ref, again } = await stubWithFailure();
    await stub.sweep();
    await again();
    stub.wait(120_000);
    const { deliveries } = await stub.sweep();
    const copy = deliveries.get(`${ref.interface}/2/1`);
    expect(copy).toMatchObject({ replayOf: ref.messageId });
    expect(copy?.firstOutcome).toBeUndefined();
  });

  test("is noted in the engine's log with who sent it again", async () => {
    const { stub, ref, again } = await stubWithFailure();
    await again();
    const { items } = await stub.poll("events");
    expect(items.filter((item) => item.kind === "audit" && item.name === "Reprocess messages")).toMatchObject(
      [{ actorId: "5", objectId: expect.stringContaining(ref.interface) }],
    );
  });
});

describe("nothing is sent", () => {
  test("with a wrong password, and the engine says so", async () => {
    const { stub, ref, again } = await stubWithFailure();
    expect(await again({ password: "wrong" })).toEqual({ kind: "refused", trouble: "wrong_password" });
    expect(stub.engine.listMessages(ref.interface)).toHaveLength(1);
    // A reading call asks twice; this one never does.
    expect(stub.engine.requests().filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("where nobody listens", async () => {
    const { again } = await stubWithFailure();
    expect(await again({ url: `http://127.0.0.1:${await freePort()}` })).toEqual({
      kind: "refused",
      trouble: "refused",
    });
  });

  test.each([
    ["../users", "1", "1"],
    ["a", "0", "1"],
    ["a", "1", "1/../2"],
    ["a", "x", "1"],
  ])("to what is no message on a destination: %s %s %s", async (channel, leg, messageId) => {
    const { stub } = await stubWithFailure();
    const ref = { interface: channel, leg, messageId };
    expect(await sendAgain(stub, { ref })).toEqual({ kind: "refused", trouble: "not_ready" });
    expect(stub.engine.requests()).toEqual([]);
  });
});

describe("it is unclear", () => {
  test.each([500, 502, 503, 504, 302])("after status %i, and asked once", async (status) => {
    let asked = 0;
    const url = await listen((_, response) => {
      asked += 1;
      response.writeHead(status).end();
    });
    const { again } = await stubWithFailure();
    expect(await again({ url })).toEqual({ kind: "unclear", trouble: `http_${status}` });
    expect(asked).toBe(1);
  });

  test("when the connection breaks, or no answer comes in time", async () => {
    const { again } = await stubWithFailure();
    const breaking = await listen((request) => void request.socket.destroy());
    expect(await again({ url: breaking })).toEqual({ kind: "unclear", trouble: "closed" });
    const silent = await listen(() => undefined);
    expect(await again({ url: silent, timeoutSeconds: 1 })).toEqual({ kind: "unclear", trouble: "timeout" });
  });
});

test("it is ready with an account of its own, and only then", async () => {
  const { stub } = await stubWithFailure();
  expect(replay.isReady(stub.config, ["password", "replayPassword"])).toBe(true);
  expect(replay.isReady(stub.config, ["password"])).toBe(false);
  expect(replay.isReady({ ...stub.config, replayUsername: undefined }, ["replayPassword"])).toBe(false);
});
