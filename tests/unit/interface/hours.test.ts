import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hoursToRead, mergeHours } from "@/lib/core/interface/hours";
import { findOutages, type MinuteOutcome } from "@/lib/core/interface/outage";

const hourMs = 3_600_000;
const start = Date.parse("2026-11-24T00:00:00Z");
const hour = (index: number, ok: number, failed: number) => ({ fromMs: start + index * hourMs, ok, failed });
const read = (hours: Parameters<typeof hoursToRead>[0]) =>
  hoursToRead(hours).map(({ from }) => (from.getTime() - start) / hourMs);

describe("hours that are read to the minute", () => {
  it("are those with failures and the next that had a success", () => {
    expect(read([hour(0, 9, 0), hour(1, 4, 2), hour(2, 0, 3), hour(5, 7, 0), hour(6, 9, 0)])).toEqual([
      1, 2, 5,
    ]);
  });

  it("are none where too few failed for an outage", () => {
    expect(read([hour(0, 9, 1), hour(1, 9, 1)])).toEqual([]);
  });

  it("tell the same outages as all minutes would", () => {
    const minutes = fc.array(fc.record({ minute: fc.nat(599), ok: fc.nat(2), failed: fc.nat(2) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(minutes, (given) => {
        const all = byMinute(given);
        const hours = byHour(all);
        const wanted = new Set(hoursToRead(hours).map(({ from }) => from.getTime()));
        const some = all.filter(({ at }) => wanted.has(Math.floor(at.getTime() / hourMs) * hourMs));
        expect(findOutages(mergeHours(hours, some))).toEqual(findOutages(all));
        expect(findOutages(mergeHours(hours, tellingOf(some, all)))).toEqual(findOutages(all));
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Minutes that only failed, and the first with a success after each: what the database is asked for. */
function tellingOf(some: readonly MinuteOutcome[], all: readonly MinuteOutcome[]): MinuteOutcome[] {
  const failing = some.filter(({ ok, failed }) => ok === 0 && failed > 0);
  const ends = failing.flatMap(({ at }) => all.find((one) => one.at > at && one.ok > 0) ?? []);
  return [...new Set([...failing, ...ends])].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function byMinute(given: readonly { minute: number; ok: number; failed: number }[]): MinuteOutcome[] {
  const minutes = new Map<number, { ok: number; failed: number }>();
  for (const { minute, ok, failed } of given) {
    const old = minutes.get(minute) ?? { ok: 0, failed: 0 };
    minutes.set(minute, { ok: old.ok + ok, failed: old.failed + failed });
  }
  return [...minutes]
    .filter(([, { ok, failed }]) => ok + failed > 0)
    .sort(([a], [b]) => a - b)
    .map(([minute, counts]) => ({ at: new Date(start + minute * 60_000), ...counts }));
}

function byHour(all: readonly MinuteOutcome[]) {
  const hours = new Map<number, { fromMs: number; ok: number; failed: number }>();
  for (const { at, ok, failed } of all) {
    const fromMs = Math.floor(at.getTime() / hourMs) * hourMs;
    const old = hours.get(fromMs) ?? { fromMs, ok: 0, failed: 0 };
    hours.set(fromMs, { fromMs, ok: old.ok + ok, failed: old.failed + failed });
  }
  return [...hours.values()].sort((a, b) => a.fromMs - b.fromMs);
}
