import { describe, expect, test } from "vitest";
import { knowledgeOf, unknownMs } from "@/lib/core/metric/gaps";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 10, 10, minute));
const bucket = { from: at(10), to: at(20) };
const known = { bucket, total: 0, knownFrom: at(0), unknown: [], now: at(50) };

describe("a bucket without messages", () => {
  test("is a zero while we were watching", () => {
    expect(knowledgeOf(known)).toBe("measured");
  });

  test("is a gap before anything was known", () => {
    expect(knowledgeOf({ ...known, knownFrom: at(11) })).toBe("unknown");
    expect(knowledgeOf({ ...known, knownFrom: undefined })).toBe("unknown");
  });

  test("is a gap when the source was silent for a part of it", () => {
    expect(knowledgeOf({ ...known, unknown: [{ from: at(19), to: at(30) }] })).toBe("unknown");
  });

  test("is a zero when the silence only touches its edge", () => {
    expect(knowledgeOf({ ...known, unknown: [{ from: at(20), to: at(30) }] })).toBe("measured");
  });

  test("is in the future from now on", () => {
    expect(knowledgeOf({ ...known, now: at(10) })).toBe("future");
    expect(knowledgeOf({ ...known, now: at(11) })).toBe("measured");
  });
});

test("a bucket with messages is measured, whatever else is known", () => {
  const silent = [{ from: at(0), to: at(60) }];
  expect(knowledgeOf({ ...known, total: 1, knownFrom: undefined, unknown: silent })).toBe("measured");
});

describe("unknown time", () => {
  test("counts overlapping intervals once and only within the range", () => {
    const unknown = [
      { from: at(12), to: at(15) },
      { from: at(5), to: at(11) },
      { from: at(14), to: at(16) },
      { from: at(19), to: at(40) },
    ];
    expect(unknownMs(bucket, unknown)).toBe((1 + 4 + 1) * 60_000);
  });
});
