import { describe, expect, test } from "vitest";
import { clinicalFactSchema, type ExamFact } from "@/lib/core/clinical/schema";
import { groupBy } from "@/lib/core/group-by";
import { journeyOf } from "@/lib/core/journey/journey";
import { createHospital } from "@/lib/demo/hospital/hospital";
import { examItems } from "@/lib/demo/live/exam-items";

const startedAt = new Date("2026-03-10T09:00:00Z");
const hospital = createHospital({ seed: 7, startedAt, zone: "Europe/Berlin" });
const untilMs = startedAt.getTime();
const hourMs = 3_600_000;

function spanned(fromHours: number, toHours: number) {
  return examItems(hospital, { afterMs: untilMs + fromHours * hourMs, untilMs: untilMs + toHours * hourMs });
}

describe("exams of the demo hospital", () => {
  test("are told the same in one go and bit by bit", () => {
    const bits = Array.from({ length: 8 }, (_, i) => spanned(-48 + i * 6, -42 + i * 6)).flat();
    expect(bits).toEqual(spanned(-48, 0));
  });

  test("are items that the ingest API takes, none of the future", () => {
    const items = spanned(-48, 0);
    expect(items.length).toBeGreaterThan(300);
    for (const item of items) {
      expect(clinicalFactSchema.safeParse(JSON.parse(JSON.stringify(item))).success).toBe(true);
      expect(item.at.getTime()).toBeLessThanOrEqual(untilMs);
    }
  });

  test("go well for most, and are stalled on every kind of leg for some", () => {
    const exams = new Map<string, ExamFact[]>();
    for (const item of spanned(-24 * 40, 0)) {
      if (item.kind === "patient") continue;
      const key = item.accession?.value ?? "";
      exams.set(key, [...(exams.get(key) ?? []), item]);
    }
    const journeys = [...exams.values()].map((facts) =>
      journeyOf(
        [...groupBy(facts, ({ kind }) => kind).values()].flatMap(([first, ...rest]) =>
          first === undefined ? [] : [{ sourceId: 1, facts: [first, ...rest] }],
        ),
      ),
    );
    const stalled = journeys.flatMap(({ waiting }) =>
      waiting && waiting.dueAt < startedAt ? [waiting.leg] : [],
    );
    expect(stalled.length).toBeLessThan(journeys.length / 4);
    expect(new Set(stalled)).toEqual(
      new Set(["toWorklist", "toStart", "toArchive", "toReport", "toAcknowledge"]),
    );
  });
});
