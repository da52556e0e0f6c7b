import { createServer, get, type Server } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import type { PollIo } from "@/lib/connectors/connector";
import { ADDRESS_REFUSED, guardedLookup, type ResolveAll } from "@/lib/connectors/guarded-lookup";
import { guardedConnection } from "@/lib/connectors/http/agent";
import { calls } from "@/lib/connectors/mirth/calls";
import { openEngine } from "@/lib/connectors/mirth/client";
import { mirth } from "@/lib/connectors/mirth/index";
import { AppError } from "@/lib/core/errors";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** A server of this machine that counts who comes. */
async function counting(
  redirectTo?: string,
): Promise<{ readonly port: number; readonly count: () => number }> {
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    if (redirectTo !== undefined) response.writeHead(302, { Location: redirectTo });
    response.end("found");
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0, count: () => count };
}

/** Resolves every name to these addresses, one list for each question, the last one for ever. */
function answering(...lists: readonly (readonly string[])[]): ResolveAll & { asked: () => number } {
  let asked = 0;
  const resolve: ResolveAll = (_, done) => {
    const list = lists[Math.min(asked, lists.length - 1)] ?? [];
    asked += 1;
    done(
      null,
      list.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return Object.assign(resolve, { asked: () => asked });
}

function fetchThrough(url: string, resolve: ResolveAll): Promise<string> {
  return new Promise((settle) => {
    get(url, { agent: false, lookup: guardedLookup(resolve) }, (response) => {
      response.resume();
      settle(String(response.statusCode));
    }).on("error", (error) => settle("code" in error ? String(error.code) : error.message));
  });
}

const io: PollIo = {
  signal: new AbortController().signal,
  fetch,
  now: () => new Date(),
  log: () => undefined,
  secret: () => "secret",
  columnMapping: {},
  retainFrom: new Date(0),
};

describe("a name that is resolved for a connection", () => {
  test("is connected to where it says, once for each connection", async () => {
    const { port, count } = await counting();
    const resolve = answering(["127.0.0.1"]);
    expect(await fetchThrough(`http://engine.localhost:${port}/`, resolve)).toBe("200");
    expect([count(), resolve.asked()]).toEqual([1, 1]);
  });

  test("is refused as soon as it leads to this machine, whatever it said before", async () => {
    const { port, count } = await counting();
    const rebinding = answering(["192.0.2.7"], ["127.0.0.1"]);
    await new Promise<void>((done) => guardedLookup(rebinding)("engine.example.org", {}, () => done()));
    expect(await fetchThrough(`http://engine.example.org:${port}/`, rebinding)).toBe(ADDRESS_REFUSED);
    expect(count()).toBe(0);
  });

  test.each([
    [["169.254.169.254"]],
    [["10.0.0.7", "169.254.169.254"]],
    [["::ffff:a9fe:a9fe"]],
    [["fe80::1"]],
  ])("is refused when one of its addresses is forbidden: %s", async (addresses) => {
    expect(await fetchThrough("http://engine.example.org/", answering(addresses))).toBe(ADDRESS_REFUSED);
  });

  test("without an address of the wanted family is not found", async () => {
    const code = await new Promise((done) => {
      guardedLookup(answering(["10.0.0.7"]))("engine.example.org", { family: 6 }, (error) =>
        done(error?.code),
      );
    });
    expect(code).toBe("ENOTFOUND");
  });
});

describe("an engine's client", () => {
  const client = (url: string) =>
    openEngine({ ...mirth.config.parse({ url: "https://engine.example.org", username: "reader" }), url }, io);

  test.each(["http://169.254.169.254", "https://[::ffff:a9fe:a9fe]", "https://[fe80::1]:8443"])(
    "never goes to %s, even where the settings say so",
    async (url) => {
      await expect(client(url).get(calls.version())).rejects.toMatchObject({ info: { kind: "address" } });
    },
  );

  test("does not follow a redirect to a metadata service, nor to any other place", async () => {
    const elsewhere = await counting();
    for (const target of [
      "http://169.254.169.254/latest/meta-data/",
      `http://127.0.0.1:${elsewhere.port}/`,
    ]) {
      const { port } = await counting(target);
      const answer = client(`http://127.0.0.1:${port}`).get(calls.version());
      await expect(answer).rejects.toMatchObject({ info: { kind: "redirect" } });
    }
    expect(elsewhere.count()).toBe(0);
  });

  test.each(["@evil.example", "//evil.example/", "../../..", "\\\\evil.example", "?#"])(
    "asks nothing of a channel with an id that could lead elsewhere: %s",
    (channelId) => {
      expect(() => calls.columns({ channelId })).toThrow(AppError);
    },
  );

  test("makes no connection below TLS 1.2, and checks certificates unless one is named", () => {
    expect(guardedConnection.minVersion).toBe("TLSv1.2");
    expect(mirth.config.parse({ url: "https://engine.example.org", username: "reader" }).tls).toBe("verify");
  });
});
