import { describe, expect, test } from "vitest";
import { MAX_PUSH_ITEMS, readPushAgain, readPushBody } from "@/lib/core/message/push-body";

const gauge = { kind: "gauge", metric: "heap", at: "2026-03-10T10:00:00+01:00", value: 1 };

function batch(text: string, format: "json" | "ndjson" = "json") {
  const body = readPushBody(text, format);
  if (body.kind !== "batch") throw new Error(`not a batch but ${body.kind}`);
  return body.batch;
}

describe("a JSON body", () => {
  test("is an array of items or an object with items", () => {
    expect(batch(JSON.stringify([gauge])).items).toEqual(batch(JSON.stringify({ items: [gauge] })).items);
    expect(batch(JSON.stringify([gauge])).items).toEqual([
      { ...gauge, at: new Date("2026-03-10T09:00:00Z") },
    ]);
  });

  test("keeps good items and sets bad ones aside with their place", () => {
    const { count, items, rejects } = batch(JSON.stringify([gauge, { ...gauge, metric: "Heap!" }, gauge]));
    expect({ count, items: items.length }).toEqual({ count: 3, items: 2 });
    expect(rejects).toEqual([
      {
        index: 1,
        reason: "invalid_item",
        detail: "metric: invalid_format",
        contentKind: "item",
        payload: JSON.stringify({ ...gauge, metric: "Heap!" }),
      },
    ]);
  });

  test("never repeats a value or a name of the sender's own in the detail", () => {
    const audit = { kind: "audit", eventId: "1", attributes: { "DOE^JANE": 4711 } };
    expect(batch(JSON.stringify([audit])).rejects[0]?.detail).toBe(
      "at: invalid_type; name: invalid_type; action: invalid_value; outcome: invalid_value; attributes: invalid_type",
    );
  });

  test.each(["", "{", "[1,", "NaN"])("that is not JSON is refused whole: %j", (text) => {
    expect(readPushBody(text, "json")).toMatchObject({
      kind: "refused",
      reject: { reason: "unparseable", contentKind: "body", payload: text },
    });
  });

  test.each(["null", "7", '"x"', "{}", '{"items":{}}'])("that is no batch is refused whole: %s", (text) => {
    expect(readPushBody(text, "json")).toMatchObject({
      kind: "refused",
      reject: { reason: "unknown_shape" },
    });
  });
});

describe("NDJSON", () => {
  test("takes lines with any ending, skips empty ones and numbers the others", () => {
    const line = JSON.stringify(gauge);
    const { count, items, rejects } = batch(`\n${line}\r\n   \n{broken\n${line}`, "ndjson");
    expect({ count, items: items.length }).toEqual({ count: 3, items: 2 });
    expect(rejects).toMatchObject([
      { index: 1, reason: "unparseable", contentKind: "item", payload: "{broken" },
    ]);
  });

  test("without a line is an empty batch", () => {
    expect(batch("\n\n", "ndjson")).toEqual({ count: 0, items: [], rejects: [] });
  });
});

describe("the number of items", () => {
  const lines = (count: number) => Array.from({ length: count }, () => JSON.stringify(gauge));

  test("may be the limit and not one more, in either format", () => {
    expect(batch(`[${lines(MAX_PUSH_ITEMS)}]`).count).toBe(MAX_PUSH_ITEMS);
    const over = { kind: "too-many", count: MAX_PUSH_ITEMS + 1 };
    expect(readPushBody(`[${lines(MAX_PUSH_ITEMS + 1)}]`, "json")).toEqual(over);
    expect(readPushBody(lines(MAX_PUSH_ITEMS + 1).join("\n"), "ndjson")).toEqual(over);
  });
});

describe("what was set aside", () => {
  test("is read again as it was kept: an item, a broken line, a body", () => {
    const again = (contentKind: string, payload: string) => readPushAgain({ contentKind, payload });
    expect(again("item", JSON.stringify(gauge))).toMatchObject({
      kind: "batch",
      batch: { count: 1, rejects: [] },
    });
    expect(again("item", "{broken")).toMatchObject({ batch: { rejects: [{ reason: "unparseable" }] } });
    expect(again("body", JSON.stringify([gauge, gauge]))).toMatchObject({ batch: { count: 2 } });
    expect(again("body-base64", "/w==")).toMatchObject({ kind: "refused", reject: { payload: "/w==" } });
    expect(again("wire", "{}")).toBeUndefined();
  });

  test("and cannot be printed again takes the whole body with it", () => {
    const deep = `[${'{"kind":"gauge","value":'.repeat(20_000)}1${"}".repeat(20_000)}]`;
    const [reject] = batch(deep).rejects;
    expect(reject).toMatchObject({ reason: "invalid_item", contentKind: "body" });
    expect(reject?.payload).toBe(deep);
  });
});
