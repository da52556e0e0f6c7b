import { describe, expect, test } from "vitest";
import type { PollIo } from "@/lib/connectors/connector";
import type { EngineCall } from "@/lib/connectors/mirth/calls";
import type { EngineAnswer } from "@/lib/connectors/mirth/client";
import { mirth } from "@/lib/connectors/mirth/index";
import { type MessageCursor, messageCursorOf } from "@/lib/connectors/mirth/message-cursor";
import { nextTask } from "@/lib/connectors/mirth/message-tasks";
import { lookForReplaced } from "@/lib/connectors/mirth/replaced";
import { runTask } from "@/lib/connectors/mirth/run-task";
import type { Sweep } from "@/lib/connectors/mirth/sweep";
import { AppError } from "@/lib/core/errors";

const CHANNEL = "ffff0001-0000-4000-8000-000000000001";
const nowMs = Date.parse("2026-03-10T12:00:00.000Z");

type Answer = (call: EngineCall, query: URLSearchParams) => string | AppError;

/** A sweep over an engine that answers by this function; errors are thrown as the client would. */
function sweepOver(answer: Answer): Sweep & { readonly asked: string[] } {
  const asked: string[] = [];
  const io: PollIo = {
    signal: new AbortController().signal,
    fetch,
    now: () => new Date(nowMs),
    log: () => undefined,
    secret: () => undefined,
    columnMapping: {},
    retainFrom: new Date(nowMs - 35 * 86_400_000),
  };
  const get = async (call: EngineCall): Promise<EngineAnswer> => {
    asked.push(call.path);
    const body = answer(call, new URLSearchParams(call.path.split("?")[1]));
    if (body instanceof AppError) throw body;
    return { body, askedAtMs: nowMs, answeredAtMs: nowMs, tookMs: 1 };
  };
  const config = mirth.config.parse({ url: "https://engine.example.org", username: "x" });
  return { config, io, engine: { get }, asked };
}

function trouble(kind: string): AppError {
  return new AppError("source_protocol", "The engine fails.", { info: { kind } });
}

function cursorWith(over: object): MessageCursor {
  const start = messageCursorOf(null, { nowMs, backfillDays: 35 });
  const progress = {
    top: 500,
    unread: [],
    rechecks: [],
    sums: "",
    queued: 0,
    checkedAtMs: nowMs,
    width: 500,
  };
  return { ...start, channels: { [CHANNEL]: { ...progress, ...over } } };
}

function messageXml(id: number, at = nowMs): string {
  const date = `<receivedDate><time>${at}</time></receivedDate>`;
  const row = `<connectorMessage><messageId>${id}</messageId><metaDataId>0</metaDataId>${date}<status>FILTERED</status></connectorMessage>`;
  return `<message><messageId>${id}</messageId>${date}<processed>true</processed><connectorMessages><entry><int>0</int>${row}</entry></connectorMessages></message>`;
}

/** Runs tasks until none is left; answers with the ids that became pages, and the end of the cursor. */
async function drain(sweep: Sweep, start: MessageCursor) {
  const ids: number[] = [];
  let cursor = start;
  for (let i = 0; i < 200; i += 1) {
    const task = nextTask({ sweep, cursor, rechecked: new Map() });
    if (task === undefined) break;
    const done = await runTask(sweep, cursor, task);
    cursor = done.cursor;
    const { items } = mirth.normalise(done.wire, sweep.config);
    for (const item of items) if (item.kind === "delivery") ids.push(Number(item.messageId));
    if (done.error !== undefined) throw done.error;
  }
  return { ids, cursor };
}

describe("an engine that fails on one message", () => {
  const poison = 137;
  const serve: Answer = (call, query) => {
    if (call.name === "maxMessageId") return "<long>300</long>";
    const [from, to] = [Number(query.get("minMessageId")), Number(query.get("maxMessageId"))];
    if (from <= poison && poison <= to) return trouble("engine_error");
    return `<list>${Array.from({ length: to - from + 1 }, (_, i) => messageXml(to - i)).join("")}</list>`;
  };

  test("gives all others, by smaller windows, and that one is asked for again later", async () => {
    const sweep = sweepOver(serve);
    const start = cursorWith({ top: 300, unread: [{ from: 1, to: 300, isBackfill: false }] });
    const { ids, cursor } = await drain(sweep, start);
    const others = Array.from({ length: 300 }, (_, i) => i + 1).filter((id) => id !== poison);
    expect([...ids].sort((a, b) => a - b)).toEqual(others);
    expect(cursor.channels[CHANNEL]?.rechecks).toEqual([
      { from: poison, to: poison, why: "gap", dueMs: nowMs + 3_600_000 },
    ]);
  });

  test("is not blamed for an outage: where the engine fails on everything, no id is passed over", async () => {
    const sweep = sweepOver(() => trouble("engine_error"));
    const start = cursorWith({ top: 3, unread: [{ from: 1, to: 3, isBackfill: false }], width: 1 });
    await expect(drain(sweep, start)).rejects.toMatchObject({ info: { kind: "engine_error" } });
  });
});

test("a window that takes too long is narrowed for the next poll before the trouble is told", async () => {
  const sweep = sweepOver(() => trouble("timeout"));
  const cursor = cursorWith({ unread: [{ from: 1, to: 500, isBackfill: true }] });
  const task = nextTask({ sweep, cursor, rechecked: new Map() });
  const done = task && (await runTask(sweep, cursor, task));
  expect(done?.error).toMatchObject({ info: { kind: "timeout" } });
  expect(done?.cursor.channels[CHANNEL]).toMatchObject({ width: 125, unread: [{ from: 1, to: 500 }] });
});

test("an answer that is no XML at all is kept whole, and its ids are looked at again", async () => {
  const sweep = sweepOver((call) => (call.name === "messages" ? "<list><mess" : "<list/>"));
  const cursor = cursorWith({ unread: [{ from: 496, to: 500, isBackfill: false }] });
  const task = nextTask({ sweep, cursor, rechecked: new Map() });
  const done = task && (await runTask(sweep, cursor, task));
  const { rejects } = mirth.normalise(done?.wire, sweep.config);
  expect(rejects).toMatchObject([{ reason: "unparseable", contentKind: "wire" }]);
  expect(done?.cursor.channels[CHANNEL]?.rechecks).toMatchObject([{ from: 496, to: 500, why: "gap" }]);
});

describe("messages processed again in place", () => {
  const event = (id: number, attributes: Readonly<Record<string, string>>) =>
    `<event><id>${id}</id><eventTime><time>${nowMs}</time></eventTime><name>Reprocess messages</name><attributes>${Object.entries(
      attributes,
    )
      .map(([key, value]) => `<entry><string>${key}</string><string>${value}\n</string></entry>`)
      .join("")}</attributes><outcome>SUCCESS</outcome><userId>1</userId></event>`;
  const channel = `Channel[id=${CHANNEL},name=X]`;
  const watching = (): MessageCursor => ({
    ...cursorWith({}),
    reprocess: { seenEventId: 10, checkedAtMs: nowMs - 60_000 },
  });

  test("one at a time are read again at once and a minute later", async () => {
    const sweep = sweepOver(() => `<list>${event(12, { replace: "true", messageId: "7", channel })}</list>`);
    const cursor = await lookForReplaced(sweep, watching());
    expect(cursor.reprocess).toEqual({ seenEventId: 12, checkedAtMs: nowMs });
    const rechecks = cursor.channels[CHANNEL]?.rechecks ?? [];
    expect(rechecks.map(({ dueMs }) => dueMs).sort()).toEqual([nowMs, nowMs + 60_000]);
    expect(rechecks).toMatchObject([
      { from: 7, to: 7, why: "replaced" },
      { from: 7, to: 7, why: "replaced" },
    ]);
  });

  test("by a search are found among all ids by their new start", async () => {
    const sweep = sweepOver(
      () => `<list>${event(12, { replace: "true", filter: "anything", channel })}</list>`,
    );
    const [first] = (await lookForReplaced(sweep, watching())).channels[CHANNEL]?.rechecks ?? [];
    expect(first).toMatchObject({ from: 1, to: 500, why: "replaced" });
    expect(first?.replacedSinceMs).toBeLessThan(nowMs);
  });

  test("are no matter where they became new messages, or in a channel that is not known", async () => {
    const other = `Channel[id=${CHANNEL.replace("f", "0")},name=Y]`;
    const events = [
      event(12, { replace: "false", messageId: "7", channel }),
      event(13, { replace: "true", messageId: "7", channel: other }),
    ];
    const cursor = await lookForReplaced(
      sweepOver(() => `<list>${events.join("")}</list>`),
      watching(),
    );
    expect(cursor.channels[CHANNEL]?.rechecks).toEqual([]);
  });

  test("cannot be found without the right to read events, and messages are read all the same", async () => {
    const cursor = await lookForReplaced(
      sweepOver(() => trouble("forbidden")),
      watching(),
    );
    expect(cursor.reprocess).toEqual({ seenEventId: 10, checkedAtMs: nowMs });
  });
});
