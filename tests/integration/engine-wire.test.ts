import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, startEngine } from "@/lib/demo/engine/start-engine";
import { sharedSamples } from "@/tests/support/shared-samples";

const adt = "5b0a0001-0000-4000-8000-000000000001";
const orm = "5b0a0002-0000-4000-8000-000000000002";
const disabled = "5b0a0005-0000-4000-8000-000000000005";

let engine: Engine;
let clock = Date.parse("2026-03-10T08:00:00Z");

beforeAll(async () => {
  engine = await startEngine({ port: 0, seed: 11, now: () => new Date(clock), messages: 300 });
});
afterAll(() => engine.stop());

type Asking = { readonly accept?: string; readonly headers?: Record<string, string>; readonly as?: string };

function ask(path: string, { accept = "application/xml", headers = {}, as }: Asking = {}) {
  const { username, password } = engine.credentials;
  const basic = Buffer.from(as ?? `${username}:${password}`).toString("base64");
  return fetch(`${engine.url}/api${path}`, {
    headers: { "X-Requested-With": "test", Accept: accept, Authorization: `Basic ${basic}`, ...headers },
  });
}

const text = async (path: string, asking?: Asking) => (await ask(path, asking)).text();
const numberIn = (xml: string) => Number(/>(-?\d+)</.exec(xml)?.[1]);

describe("access", () => {
  it("refuses a call without X-Requested-With by an HTML page, even to somebody signed in", async () => {
    const response = await fetch(`${engine.url}/api/channels/statuses`);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("text/html;charset=iso-8859-1");
    expect(await response.text()).toContain("All requests must have &apos;X-Requested-With&apos; header");
  });

  it("refuses a wrong Basic password and leaves no event of it", async () => {
    const before = await text("/events/maxEventId", { accept: "text/plain" });
    const response = await ask("/channels/statuses", { as: "admin:guess" });
    expect(response.status).toBe(401);
    expect(response.headers.get("set-cookie")).toContain("JSESSIONID=");
    expect(await text("/events/maxEventId", { accept: "text/plain" })).toBe(before);
  });

  it("signs in by form, logs it, and forgets the session at a restart", async () => {
    const login = await fetch(`${engine.url}/api/users/_login`, {
      method: "POST",
      headers: { "X-Requested-With": "test" },
      body: new URLSearchParams({ username: "okafor", password: "okafor-of-the-demo" }),
    });
    expect(login.status).toBe(200);
    const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const withCookie = () => ask("/users/current", { headers: { Authorization: "", Cookie: cookie } });
    expect(await (await withCookie()).text()).toContain("<username>okafor</username>");
    engine.restart();
    expect((await withCookie()).status).toBe(401);
    clock += 60_000;
  });

  it("answers a failed login with 401, and logs the name that was tried for user 0", async () => {
    const login = await fetch(`${engine.url}/api/users/_login`, {
      method: "POST",
      headers: { "X-Requested-With": "test", "X-Forwarded-For": "10.20.30.40" },
      body: new URLSearchParams({ username: "ghost", password: "x" }),
    });
    expect(login.status).toBe(401);
    expect(await login.text()).toContain("<status>FAIL</status>");
    const event = await text("/events?limit=1&outcome=FAILURE");
    expect(event).toMatch(/<string>ghost<\/string>[\s\S]*<userId>0<\/userId>\s*<ipAddress>10\.20\.30\.40</);
  });

  it("tells its version to anybody", async () => {
    const response = await fetch(`${engine.url}/api/server/version`, {
      headers: { "X-Requested-With": "test" },
    });
    expect(await response.text()).toBe("4.5.2");
    expect((await ask("/server/version", { accept: "application/xml" })).status).toBe(406);
  });

  it("serves nothing outside /api", async () => {
    expect((await fetch(`${engine.url}/channels/statuses`)).status).toBe(404);
  });
});

describe("messages", () => {
  it("come newest first, and a limit keeps the newest", async () => {
    const ids = [
      ...(await text(`/channels/${adt}/messages?limit=3`)).matchAll(/<message>\s*<messageId>(\d+)/g),
    ];
    const highest = numberIn(await text(`/channels/${adt}/messages/maxMessageId`));
    expect(ids.map((match) => Number(match[1]))).toEqual([highest, highest - 1, highest - 2]);
  });

  it("found by a status come without the rows that do not have it", async () => {
    const page = await text(`/channels/${orm}/messages?status=QUEUED&limit=5`);
    expect(new Set([...page.matchAll(/<status>(\w+)/g)].map((match) => match[1]))).toEqual(
      new Set(["QUEUED"]),
    );
    const head = await text(`/channels/${orm}/messages?status=QUEUED&minSendAttempts=1`);
    expect([...head.matchAll(/<message>/g)].length).toBe(1);
  });

  it("that are missing are 204, of a channel that is missing 500, by a badly written date 404", async () => {
    expect((await ask(`/channels/${adt}/messages/99999999`)).status).toBe(204);
    expect((await ask("/channels/nowhere/messages")).status).toBe(500);
    expect((await ask(`/channels/${adt}/messages?startDate=2026-03-10T08:00:00.000Z`)).status).toBe(404);
    expect((await ask(`/channels/${adt}/messages?startDate=2026-03-10T08:00:00.000%2B0000`)).status).toBe(
      200,
    );
  });

  it("with one control character spoil the whole page in JSON and are ill-formed XML", async () => {
    const posted = engine.post({ channelId: adt, facts: { controlCharacter: "column" } });
    clock += 10_000;
    const page = `/channels/${adt}/messages?limit=5`;
    const asJson = await ask(page, { accept: "application/json" });
    expect([asJson.status, asJson.headers.get("content-type")]).toEqual([500, "application/xml"]);
    const asXml = await ask(page);
    expect(asXml.status).toBe(200);
    expect(await asXml.text()).toContain("&#x1;");
    engine.removeMessage({ channelId: adt, messageId: posted?.messageId ?? 0 });
    expect((await ask(page, { accept: "application/json" })).status).toBe(200);
  });

  it("of a channel that stores nothing do not exist, though its counters move", async () => {
    expect(numberIn(await text(`/channels/${disabled}/messages/maxMessageId`))).toBe(0);
    expect(numberIn(await text(`/channels/${disabled}/messages/count`))).toBe(0);
    expect(engine.totals(disabled).received).toBeGreaterThan(0);
  });

  it("sent again in place keep their first date, renew every row, and take counts back", async () => {
    const posted = engine.post({
      channelId: adt,
      wanted: {
        0: { kind: "sent" },
        1: { kind: "error", failure: "http_500" },
        2: { kind: "sent" },
        3: { kind: "sent" },
      },
    });
    clock += 60_000;
    const before = engine.totals(adt);
    engine.reprocess({ channelId: adt, messageId: posted?.messageId ?? 0, replace: true });
    clock += 60_000;
    const xml = await text(`/channels/${adt}/messages/${posted?.messageId}`);
    const [message, source] = [...xml.matchAll(/<receivedDate>\s*<time>(\d+)/g)].map((match) =>
      Number(match[1]),
    );
    expect((source ?? 0) - (message ?? 0)).toBe(60_000);
    expect(engine.totals(adt).received).toBe(before.received);
    expect(engine.totals(adt).error).toBeLessThanOrEqual(before.error);
  });

  it("sent again as new ones name the one they repeat", async () => {
    const again = engine.reprocess({ channelId: adt, messageId: 1, replace: false });
    clock += 60_000;
    expect(await text(`/channels/${adt}/messages/${again?.messageId}`)).toContain(
      "<originalId>1</originalId>",
    );
  });
});

describe("the audit log", () => {
  it("grows by searches, counts and content, and not by statuses, ids or reading the log", async () => {
    const highest = async () => Number(await text("/events/maxEventId", { accept: "text/plain" }));
    const before = await highest();
    for (const path of ["/channels/statuses", `/channels/${adt}/messages/maxMessageId`, "/events?limit=5"])
      await ask(path);
    expect(await highest()).toBe(before);
    const reads = [
      `/channels/${adt}/messages?limit=1`,
      `/channels/${adt}/messages/count`,
      `/channels/${adt}/messages/1`,
    ];
    for (const path of reads) await ask(path);
    expect(await highest()).toBe(before + 3);
    const events = await text("/events?limit=3");
    expect([...events.matchAll(/<name>([^<]+)/g)].map((match) => match[1])).toEqual([
      "Get message content",
      "Get search results count",
      "Get messages by page limit",
    ]);
  });

  it("has its highest id as JSON or text, but not as XML", async () => {
    expect((await ask("/events/maxEventId")).status).toBe(406);
    expect(await (await ask("/events/maxEventId", { accept: "application/json" })).json()).toHaveProperty(
      "int",
    );
    expect((await ask("/events/count", { accept: "application/json" })).status).toBe(500);
  });
});

describe("statuses", () => {
  it("leave out what is not deployed, unless asked for it, and everything while the engine starts", async () => {
    const names = async (query: string) =>
      [...(await text(`/channels/statuses${query}`)).matchAll(/<statusType>CHANNEL</g)].length;
    expect([await names(""), await names("?includeUndeployed=true")]).toEqual([6, 7]);
    engine.restart();
    expect(await text("/server/status")).toBe("<int>3</int>");
    expect([await names(""), await names("?includeUndeployed=true")]).toEqual([0, 7]);
    clock += 13_000;
    expect(await text("/server/status")).toBe("<int>0</int>");
  });

  it("fall to zero when somebody clears them, and lifetime ones stay", async () => {
    const received = async (map: string) => {
      const [, part = ""] = (await text(`/channels/statuses?channelId=${adt}`)).split(`<${map} class`);
      return numberIn(part.split("RECEIVED</com.mirth.connect.donkey.model.message.Status>")[1] ?? "");
    };
    const lifetime = await received("lifetimeStatistics");
    engine.clearStatistics({ channelId: adt });
    expect([await received("statistics"), await received("lifetimeStatistics")]).toEqual([0, lifetime]);
  });
});

describe("the figures of a fresh engine", () => {
  it("are what a count over its message list gives", async () => {
    const fresh = await startEngine({
      port: 0,
      seed: 3,
      now: () => new Date(clock),
      messages: 500,
      perMinute: 60,
    });
    try {
      clock += 120_000;
      const headers = {
        "X-Requested-With": "test",
        Authorization: `Basic ${btoa("admin:admin-of-the-demo")}`,
      };
      const xml = await (await fetch(`${fresh.url}/api/channels/statistics`, { headers })).text();
      const parts = xml.split("<channelStatistics>").slice(1);
      for (const part of parts.filter((one) => !one.includes(disabled))) {
        const channelId = /<channelId>([^<]+)/.exec(part)?.[1] ?? "";
        const rows = fresh.listMessages(channelId).flatMap((message) => message.rows);
        const reported = (tag: string) => Number(new RegExp(`<${tag}>(\\d+)`).exec(part)?.[1]);
        const withStatus = (status: string) => rows.filter((row) => row.status === status).length;
        expect(["received", "sent", "error", "filtered", "queued"].map(reported)).toEqual([
          rows.filter((row) => row.metaDataId === 0).length,
          withStatus("SENT"),
          withStatus("ERROR"),
          withStatus("FILTERED"),
          withStatus("QUEUED"),
        ]);
      }
      expect(parts.length).toBe(6);
    } finally {
      await fresh.stop();
    }
  });
});

describe("a proxy in front, or a slow engine", () => {
  it("answers everything with an HTML error", async () => {
    engine.setHtmlError(503);
    const response = await ask("/channels/statuses");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      503,
      "text/html;charset=iso-8859-1",
    ]);
    engine.setHtmlError(undefined);
  });
});

const shapes = [
  ["channels-statuses.xml", "/channels/statuses"],
  ["channels-statistics.xml", "/channels/statistics"],
  ["channels-idsAndNames.xml", "/channels/idsAndNames"],
  ["channels-portsInUse.xml", "/channels/portsInUse"],
  ["channelgroups.xml", "/channelgroups"],
  ["channel-adt-connectorNames.xml", `/channels/${adt}/connectorNames`],
  ["channel-adt-metaDataColumns.xml", `/channels/${adt}/metaDataColumns`],
  ["extensions-connectorStates.xml", "/extensions/dashboardstatus/connectorStates"],
  ["messages-adt-metadata-limit20.xml", `/channels/${adt}/messages?limit=20`],
  ["messages-orm-queue-head.xml", `/channels/${orm}/messages?status=QUEUED&minSendAttempts=1`],
  ["message-adt-12.xml", `/channels/${adt}/messages/1`],
  ["events-first60.xml", "/events?limit=40"],
  ["event-1.xml", "/events/1"],
  ["events-login-failure.xml", "/events?outcome=FAILURE"],
  ["server-about.xml", "/server/about"],
  ["server-status.xml", "/server/status"],
  ["server-time.xml", "/server/time"],
  ["system-info.xml", "/system/info"],
  ["system-stats.xml", "/system/stats"],
  ["users-current.xml", "/users/current"],
  ["users.xml", "/users"],
  ["alerts-statuses.xml", "/alerts/statuses"],
] as const;

const recordings = sharedSamples("mirth");

describe("the shape of recorded answers", () => {
  for (const [sample, path] of shapes) {
    const recorded = recordings.find(({ name }) => name === sample)?.body;
    it.skipIf(recorded === undefined)(`is kept: every element of ${sample}, in its place`, async () => {
      const mine = shapeOf(await text(path));
      const real = shapeOf(recorded ?? "");
      const missingIn = (other: ReadonlySet<string>) => (step: string) =>
        !other.has(step) && !optional.test(step);
      expect([...mine.steps].filter(missingIn(real.steps))).toEqual([]);
      expect([...real.steps].filter(missingIn(mine.steps))).toEqual([]);
      expect(
        [...mine.orders].filter((pair) => real.orders.has(turned(pair)) && !real.orders.has(pair)),
      ).toEqual([]);
    });
  }
});

/** Parts that depend on what the recorded engine happened to be configured with. */
const optional =
  /sourceMapContent|connectorMapContent|responseMapContent|originalId|lastStrikeTime|email|Name$|organization|description|phoneNumber|industry/;

type Shape = { readonly steps: ReadonlySet<string>; readonly orders: ReadonlySet<string> };

/** Every path of element names with attributes, and which sibling comes before which. */
function shapeOf(xml: string): Shape {
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, processEntities: false });
  const steps = new Set<string>();
  const orders = new Set<string>();
  const walk = (nodes: unknown, path: string) => {
    if (!Array.isArray(nodes)) return;
    const named = nodes.flatMap((node) => {
      const tag = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
      return tag === undefined ? [] : [{ tag, node }];
    });
    const tags = [...new Set(named.map(({ tag }) => tag))];
    tags.forEach((before, index) => {
      for (const after of tags.slice(index + 1)) orders.add(`${path} ${before} ${after}`);
    });
    for (const { tag, node } of named) {
      const attributes = Object.entries(node[":@"] ?? {}).map(([name, value]) => `${name}=${String(value)}`);
      const step = `${path}/${tag}${attributes.length > 0 ? `[${attributes.join(",")}]` : ""}`;
      steps.add(step);
      walk(node[tag], step);
    }
  };
  walk(parser.parse(xml), "");
  return { steps, orders };
}

function turned(pair: string): string {
  const [path, before, after] = pair.split(" ");
  return `${path} ${after} ${before}`;
}
