import { beforeAll, describe, expect, test } from "vitest";
import { answerEndpoint } from "@/lib/api/endpoints";
import { itemExamples } from "@/lib/api/openapi-examples";
import { problemSchema, pushAnswerSchema } from "@/lib/core/api/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { openLetter } from "@/lib/services/dead-letters/open-letter";
import { createToken } from "@/lib/services/tokens/create-token";
import { push, withPort } from "@/tests/support/ingest-port";
import { aDelivery, addSource, withStorage } from "@/tests/support/storage";

const system: Actor = { kind: "system", name: "tests" };
const db = withStorage();
const server = withPort(() => answerEndpoint);
let sourceId = 0;
let token = "";

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
  token = (await createToken(system, { sourceId, name: "tests" })).secret;
});

const url = () => server.url("/api/v1/ingest");
const recent = new Date(Date.now() - 3_600_000);

/** A delivery of the last hour as JSON. */
function item(messageId: string, over: Parameters<typeof aDelivery>[0] = {}) {
  return aDelivery({ receivedAt: recent, messageId, ...over });
}

function send(value: unknown) {
  return push({ url: url(), token, body: JSON.stringify(value) });
}

async function storedMessages(prefix: string): Promise<readonly string[]> {
  const { rows } = await db().pool.query<{ id: string }>(
    "SELECT engine_message_id AS id FROM signal.delivery WHERE starts_with(engine_message_id, $1) ORDER BY 1",
    [prefix],
  );
  return rows.map(({ id }) => id);
}

async function deadLetters(reason: string) {
  const { rows } = await db().pool.query<{ id: string; content_kind: string; attempts: number }>(
    "SELECT id::text, content_kind, attempts FROM signal.dead_letter WHERE source_id = $1 AND reason = $2 ORDER BY id",
    [sourceId, reason],
  );
  return rows;
}

describe("a batch", () => {
  test("is stored when it is answered with 200, one result for each item", async () => {
    const answer = await send([item("a1"), item("a2")]);
    expect(answer.status).toBe(200);
    expect(pushAnswerSchema.parse(answer.body)).toEqual({
      counts: { created: 2 },
      items: [
        { index: 0, status: "created" },
        { index: 1, status: "created" },
      ],
    });
    expect(await storedMessages("a")).toEqual(["a1", "a2"]);
  });

  test("may be an object with items, and the same items again are duplicates", async () => {
    const batch = { items: [item("b1"), item("b2")] };
    expect((await send(batch)).body["counts"]).toEqual({ created: 2 });
    const again = await send(batch);
    expect(again.status).toBe(200);
    expect(again.body["counts"]).toEqual({ duplicate: 2 });
    expect(await storedMessages("b")).toEqual(["b1", "b2"]);
  });

  test("updates by a newer observation, and keeps the same observation with another content as a conflict", async () => {
    await send([item("c1", { state: "queued", outcome: "pending", firstOutcome: undefined })]);
    const newer = await send([item("c1", { observedSeq: 2 })]);
    expect(newer.body["counts"]).toEqual({ updated: 1 });
    const other = await send([item("c1", { observedSeq: 2, state: "error", outcome: "failed" })]);
    expect(other.status).toBe(207);
    const [letter] = await deadLetters("conflict");
    expect(other.body["items"]).toMatchObject([
      { index: 0, status: "conflict", reason: "conflict", deadLetterId: letter?.id },
    ]);
  });

  test("without items is fine", async () => {
    expect(await send([])).toMatchObject({ status: 200, body: { counts: {}, items: [] } });
  });

  test("of every kind of item in the documentation's example is stored", async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const text = JSON.stringify(Object.values(itemExamples)).replace(
      /2026-01-15T08:3\d:\d\d\.\d{3}Z/g,
      hoursAgo(1),
    );
    const answer = await push({ url: url(), token, body: text });
    expect(answer.body["counts"]).toEqual({ created: Object.keys(itemExamples).length });
  });
});

describe("a bad item", () => {
  test("is kept as a dead letter with its place, and the good ones around it are stored", async () => {
    const answer = await send([item("d0"), { ...item("d1"), outcome: "splendid" }, item("d2"), 7]);
    expect(answer.status).toBe(207);
    expect(answer.body["counts"]).toEqual({ created: 2, rejected: 2 });
    const results = pushAnswerSchema.parse(answer.body).items;
    expect(results).toMatchObject([
      { index: 0, status: "created" },
      { index: 1, status: "rejected", reason: "invalid_item", detail: "outcome: invalid_value" },
      { index: 2, status: "created" },
      { index: 3, status: "rejected", reason: "invalid_item", detail: "item: invalid_type" },
    ]);
    const kept = await Promise.all([1, 3].map((i) => openLetter(results[i]?.deadLetterId ?? "", "all")));
    expect(kept.map(({ payload }) => JSON.parse(payload))).toMatchObject([{ outcome: "splendid" }, 7]);
    expect(await storedMessages("d")).toEqual(["d0", "d2"]);
  });

  test("that is too old or too far ahead names its reason", async () => {
    const answer = await send([
      item("e1", { receivedAt: new Date("2020-01-01T00:00:00Z") }),
      item("e2", { receivedAt: new Date(Date.now() + 48 * 3_600_000) }),
    ]);
    expect(answer.body["items"]).toMatchObject([{ reason: "outside_retention" }, { reason: "clock_ahead" }]);
  });
});

describe("NDJSON", () => {
  test("is an item a line; empty lines are skipped and a broken line is kept", async () => {
    const body = `${JSON.stringify(item("f0"))}\n\n{"kind":\r\n${JSON.stringify(item("f1"))}\n`;
    const answer = await push({ url: url(), token, body, type: "application/x-ndjson; charset=utf-8" });
    expect(answer.status).toBe(207);
    expect(answer.body["items"]).toMatchObject([
      { index: 0, status: "created" },
      { index: 1, status: "rejected", reason: "unparseable" },
      { index: 2, status: "created" },
    ]);
  });
});

describe("a body that is no batch", () => {
  test("is kept as one dead letter however often it comes, and refused with its id", async () => {
    const first = await push({ url: url(), token, body: '[{"kind":' });
    const second = await push({ url: url(), token, body: '[{"kind":' });
    expect(first.status).toBe(400);
    const letters = (await deadLetters("unparseable")).filter(({ content_kind }) => content_kind === "body");
    expect(letters).toMatchObject([{ attempts: 2 }]);
    expect(problemSchema.parse(first.body)).toMatchObject({
      code: "bad_request",
      reason: "unparseable",
      deadLetterId: letters[0]?.id,
    });
    expect(second.body["deadLetterId"]).toBe(letters[0]?.id);
  });

  test("of an unknown shape is kept too", async () => {
    expect(await send({ kind: "delivery" })).toMatchObject({
      status: 400,
      body: { reason: "unknown_shape" },
    });
    expect(await deadLetters("unknown_shape")).toHaveLength(1);
  });

  test("that is not UTF-8 is kept byte for byte", async () => {
    const answer = await push({ url: url(), token, body: new Uint8Array([0x5b, 0xff, 0xfe, 0x5d]) });
    expect(answer).toMatchObject({ status: 400, body: { problem: "The body is not UTF-8 text." } });
    const kinds = (await deadLetters("unparseable")).map(({ content_kind }) => content_kind);
    expect(kinds).toContain("body-base64");
  });

  test("nested a million deep is kept and harms nobody", async () => {
    const deep = `[${'{"a":'.repeat(1_000_000)}1${"}".repeat(1_000_000)}]`;
    const answer = await push({ url: url(), token, body: deep });
    expect(answer.status).toBe(207);
    expect((await send([item("g1")])).status).toBe(200);
  });
});

describe("too much", () => {
  test("of items is 413 and nothing of it is stored", async () => {
    const answer = await send(Array.from({ length: 5_001 }, (_, i) => item(`h${i}`)));
    expect(answer).toMatchObject({ status: 413, body: { code: "too_large", items: 5_001, maxItems: 5_000 } });
    expect(await storedMessages("h")).toEqual([]);
  });

  test("of bytes is 413, announced or not", async () => {
    const big = new Uint8Array(16 * 1024 ** 2 + 1).fill(0x20);
    expect((await push({ url: url(), token, body: big })).status).toBe(413);
    const chunked = new Blob([big]).stream();
    expect((await push({ url: url(), token, body: chunked })).status).toBe(413);
  });
});
