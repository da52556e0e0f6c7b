import { describe, expect, it } from "vitest";
import { type LegFigures, unknownFigures } from "@/lib/core/interface/figures";
import { currentFigures, pastFigures, type Watch } from "@/lib/core/interface/range-figures";
import { noCounts } from "@/lib/core/metric/outcome-counts";

const now = new Date("2026-11-24T12:00:00Z");
const at = (hour: number) => new Date(now.getTime() + (hour - 12) * 3_600_000);
const range = { from: at(0), to: now };
const watched: Watch = { knownFrom: at(-1000), isReadBack: false, isCountedOnly: false, gaps: [] };
const arrived = (ok: number): readonly LegFigures[] => [
  { legId: 1, name: "in", direction: "source", counts: { ...noCounts, ok }, p95Ms: null },
];
const current = (ok: number, watch: Partial<Watch>) =>
  currentFigures({ legs: arrived(ok), range, watch: { ...watched, ...watch }, now });

describe("figures of the range in view", () => {
  it("are zero where somebody watched and nothing came", () => {
    expect(current(0, {})).toMatchObject({ messages: 0, failed: 0, perMinute: 0 });
  });

  it("are not known before the interface was, while its engine gives counters only, or through an outage of its source", () => {
    expect(current(0, { knownFrom: now })).toEqual(unknownFigures);
    expect(current(0, { isCountedOnly: true })).toEqual(unknownFigures);
    expect(current(0, { gaps: [{ from: at(-2), to: at(13) }] })).toEqual(unknownFigures);
  });

  it("stay zero when the source was away for a part of the range only", () => {
    expect(current(0, { gaps: [{ from: at(3), to: at(4) }] })).toMatchObject({ messages: 0 });
  });

  it("count what came in although the source was away when it did", () => {
    expect(current(60, { gaps: [{ from: at(-2), to: at(13) }] })).toMatchObject({ messages: 60 });
  });

  it("rate messages over the part that was read while older ones are still being read", () => {
    expect(current(60, { knownFrom: at(11), isReadBack: true }).perMinute).toBe(1);
  });

  it("give no rate where the range began before anybody watched", () => {
    expect(current(60, { knownFrom: at(11) })).toMatchObject({ messages: 60, perMinute: null });
  });
});

describe("figures to compare with", () => {
  const past = (knownFrom: Date) =>
    pastFigures({ legs: arrived(0), range, watch: { ...watched, knownFrom } });

  it("are those of a range that is known throughout", () => {
    expect(past(at(0))).toMatchObject({ messages: 0, perMinute: 0 });
  });

  it("are none where a part of the range is not known", () => {
    expect(past(at(1))).toEqual(unknownFigures);
  });
});
