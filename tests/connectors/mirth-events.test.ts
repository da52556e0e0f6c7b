import { describe, expect, test } from "vitest";
import type { ExternalAuditEvent, Item } from "@/lib/core/message/schema";
import { aChannel } from "@/lib/demo/engine/channel-spec";
import { startStub } from "@/tests/connectors/mirth-stub";

const ADT = "cccc0001-0000-4000-8000-000000000001";
const quiet = { channels: [aChannel({ id: ADT, name: "ADT", destinations: [] })] };

function events(items: readonly Item[]): readonly ExternalAuditEvent[] {
  return items.filter((item) => item.kind === "audit");
}

describe("the audit log of the engine", () => {
  test("is read whole, newest first, and each event once", async () => {
    const stub = await startStub(quiet);
    for (let i = 0; i < 130; i += 1) stub.engine.clearStatistics({ channelId: ADT });
    const first = events((await stub.poll("events")).items).map(({ eventId }) => Number(eventId));
    expect(first).toEqual(Array.from({ length: first.length }, (_, i) => first.length - i));
    expect(first.length).toBeGreaterThan(130);
    stub.engine.clearStatistics({ channelId: ADT });
    stub.wait(60_000);
    const next = events((await stub.poll("events")).items).map(({ eventId }) => Number(eventId));
    expect(next).toEqual([first.length + 1]);
  });

  test("reading it leaves no events", async () => {
    const stub = await startStub(quiet);
    await stub.poll("events");
    stub.wait(60_000);
    expect((await stub.poll("events")).items).toEqual([]);
  });

  test("has the time of the event, not of the reading", async () => {
    const stub = await startStub(quiet);
    const at = new Date(stub.nowMs());
    stub.engine.clearStatistics({ channelId: ADT });
    stub.wait(3_600_000);
    const cleared = events((await stub.poll("events")).items).find(({ name }) => name === "Clear statistics");
    expect(cleared).toMatchObject({
      at,
      action: "U",
      outcome: "authorised",
      actorName: "lindqvist",
      objectId: ADT,
    });
  });

  test("our own sweeps are flagged, what anyone else does is not", async () => {
    const stub = await startStub({ ...quiet, messages: 30 });
    await stub.sweep();
    stub.engine.removeMessage({ channelId: ADT, messageId: 1 });
    const own = events((await stub.poll("events")).items);
    const flagged = own.filter(({ ownPolling }) => ownPolling === true).map(({ name }) => name);
    expect(new Set(flagged)).toEqual(new Set(["Get messages by page limit"]));
    expect(own.filter(({ ownPolling }) => ownPolling !== true).map(({ name }) => name)).toContain(
      "Remove message",
    );
  });

  test("a search by our own account that asks for more than a sweep is not hidden", async () => {
    const stub = await startStub({ ...quiet, messages: 5 });
    const { username, password } = stub.engine.credentials;
    await fetch(`${stub.engine.url}/api/channels/${ADT}/messages?limit=5&textSearch=SOMEBODY`, {
      headers: {
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
        "X-Requested-With": "x",
      },
    });
    const searched = events((await stub.poll("events")).items).find(
      ({ name }) => name === "Get messages by page limit",
    );
    expect(searched?.ownPolling).toBeUndefined();
    expect(searched?.attributes).toMatchObject({ textSearch: "SOMEBODY" });
  });

  test("a failed login is a failure under the name that was tried", async () => {
    const stub = await startStub(quiet);
    await fetch(`${stub.engine.url}/api/users/_login`, {
      method: "POST",
      headers: { "X-Requested-With": "x", "X-Forwarded-For": "10.20.30.40" },
      body: new URLSearchParams({ username: "ghost", password: "wrong" }),
    });
    const login = events((await stub.poll("events")).items).find(({ name }) => name === "Login");
    expect(login).toMatchObject({ outcome: "failure", actorName: "ghost", claimedAddress: "10.20.30.40" });
  });

  test("a restart is a marker", async () => {
    const stub = await startStub(quiet);
    await stub.poll("events");
    stub.engine.restart();
    stub.wait(60_000);
    const { items } = await stub.poll("events");
    expect(items.filter(({ kind }) => kind === "change")).toMatchObject([{ change: "restarted" }]);
  });
});
