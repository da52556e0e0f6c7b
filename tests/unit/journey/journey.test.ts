import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExamFact } from "@/lib/core/clinical/schema";
import type { ObjectHistory } from "@/lib/core/journey/events";
import { journeyOf, stalledForMs } from "@/lib/core/journey/journey";
import { journeySteps, legAllowanceMs } from "@/lib/core/journey/steps";
import { anEntry, anOrder, aReport, aStep, aStudy, clock } from "@/tests/support/clinical";

function told(...facts: readonly [ExamFact, ...ExamFact[]]): ObjectHistory {
  return { sourceId: facts[0].kind === "study" ? 2 : 1, facts };
}

const whole = [told(anOrder()), told(anEntry()), told(aStep()), told(aStudy()), told(aReport())];

describe("an exam that went well", () => {
  const journey = journeyOf(whole);

  test("is done, with nothing missing and every leg measured", () => {
    expect(journey).toMatchObject({ state: "done", waiting: undefined, missing: [] });
    expect(journey.legs.map(({ leg, tookMs }) => [leg, tookMs])).toEqual([
      ["toWorklist", 5 * 60_000],
      ["toStart", 65 * 60_000],
      ["toImages", 10 * 60_000],
      ["toArchive", 10 * 60_000],
      ["toReport", 70 * 60_000],
      ["toAcknowledge", undefined],
    ]);
  });

  test("stands on the timeline in the order in which it happened", () => {
    expect(journey.events.map(({ kind }) => kind)).toEqual([
      "ordered",
      "onWorklist",
      "started",
      "acquired",
      "acquired",
      "firstImage",
      "available",
      "reported",
    ]);
  });
});

describe("an exam that waits", () => {
  test.each([
    ["for the worklist", [anOrder()], "toWorklist", clock("08:30")],
    ["for its start until an hour after the plan", [anOrder(), anEntry()], "toStart", clock("10:00")],
    ["for its last image", [anOrder(), aStep({ status: "inProgress" })], "toImages", clock("11:10")],
    ["for the archive", [anOrder(), aStep()], "toArchive", clock("09:50")],
  ] as const)("%s", (_name, facts, leg, dueAt) => {
    expect(journeyOf(facts.map((fact) => told(fact))).waiting).toMatchObject({ leg, dueAt });
  });

  test("for the report as long as the priority of its order allows", () => {
    const dueMs = (priority: "stat" | "routine") =>
      journeyOf([told(anOrder({ priority })), told(aStudy())]).waiting?.dueAt.getTime();
    expect(dueMs("stat")).toBe(clock("09:30").getTime() + legAllowanceMs.toReport.stat);
    expect(dueMs("routine")).toBe(clock("09:30").getTime() + legAllowanceMs.toReport.routine);
  });

  test("for the final report once there is a preliminary one, though nobody told of images", () => {
    const journey = journeyOf([told(anOrder()), told(aReport({ status: "preliminary" }))]);
    expect(journey.waiting?.leg).toBe("toReport");
  });

  test("for the report once an archive that knows no stability counts no further images", () => {
    const { isStable: _, ...seen } = aStudy();
    const counted = (at: string, imageCount: number) => ({ ...seen, at: clock(at), imageCount });
    const searched = told(counted("09:24", 100), counted("09:28", 320), counted("09:40", 320));
    expect(journeyOf([told(anOrder()), searched]).waiting).toMatchObject({
      leg: "toReport",
      since: clock("09:28"),
    });
    expect(journeyOf([told(anOrder()), told(aStep()), told(counted("09:24", 0))]).waiting?.leg).toBe(
      "toArchive",
    );
  });

  test("for a start again when the attempt was broken off", () => {
    const journey = journeyOf([told(anOrder()), told(anEntry()), told(aStep({ status: "discontinued" }))]);
    expect(journey.waiting?.leg).toBe("toStart");
    expect(journey.events.map(({ kind }) => kind)).toContain("discontinued");
  });

  test("is stalled from its due time on, and not before", () => {
    const { waiting } = journeyOf([told(anOrder()), told(anEntry())]);
    expect(stalledForMs(waiting, clock("10:00"))).toBeUndefined();
    expect(stalledForMs(waiting, clock("10:05"))).toBe(5 * 60_000);
  });
});

describe("a critical result", () => {
  const critical = aReport({ isCritical: true });

  test("keeps the exam open until it is acknowledged", () => {
    expect(journeyOf([...whole.slice(0, 4), told(critical)]).waiting).toMatchObject({
      leg: "toAcknowledge",
      since: clock("10:40"),
      dueAt: clock("11:40"),
    });
  });

  test("is waited for before the final report, and measured from when it was found", () => {
    const found = aReport({ at: clock("10:00"), status: "preliminary", isCritical: true });
    const acknowledged = aReport({ at: clock("10:30"), criticalAcknowledgedAt: clock("10:20") });
    expect(journeyOf([told(found)]).waiting?.leg).toBe("toAcknowledge");
    const journey = journeyOf([told(found, acknowledged)]);
    expect(journey.state).toBe("done");
    expect(journey.legs.at(-1)?.tookMs).toBe(20 * 60_000);
  });
});

describe("an exam that is called off", () => {
  const off = anOrder({ at: clock("08:30"), status: "cancelled" });

  test("waits for nothing", () => {
    expect(journeyOf([told(anOrder(), off), told(anEntry())])).toMatchObject({
      state: "cancelled",
      waiting: undefined,
    });
  });

  test("goes on when it had begun, or when only one of its orders was called off", () => {
    expect(journeyOf([told(anOrder(), off), told(aStep())]).state).toBe("waiting");
    expect(journeyOf([told(anOrder(), off), told(anOrder({ id: "ORD2" }))]).state).toBe("waiting");
  });

  test("is ordered again when the order comes back", () => {
    const back = anOrder({ at: clock("08:40"), status: "scheduled" });
    const journey = journeyOf([told(anOrder(), off, back)]);
    expect(journey.state).toBe("waiting");
    expect(journey.events.map(({ kind }) => kind)).not.toContain("cancelled");
  });
});

describe("steps that nobody told of", () => {
  test("are named, and do not hold the exam up", () => {
    expect(journeyOf([told(anOrder()), told(aReport())])).toMatchObject({
      state: "done",
      missing: ["onWorklist", "started", "acquired", "available"],
    });
  });

  test("are taken from the images where there is no procedure step", () => {
    const study = aStudy({ firstImageAt: clock("09:12") });
    const { legs } = journeyOf([told(anOrder()), told(study)]);
    expect(legs.find(({ leg }) => leg === "toImages")).toMatchObject({ tookMs: 10 * 60_000 });
  });
});

describe("an exam of several parts", () => {
  test("has its last image when the last step is complete", () => {
    const second = aStep({ id: "2.25.9", status: "inProgress" });
    const later = aStep({ id: "2.25.9", at: clock("09:50"), endedAt: clock("09:50") });
    expect(journeyOf([told(aStep()), told(second)]).waiting?.leg).toBe("toImages");
    expect(journeyOf([told(aStep()), told(second, later)]).waiting).toMatchObject({
      leg: "toArchive",
      since: clock("09:50"),
    });
  });
});

test("a report that was withdrawn is no report", () => {
  const withdrawn = aReport({ at: clock("11:00"), status: "cancelled" });
  const journey = journeyOf([...whole.slice(0, 4), told(aReport(), withdrawn)]);
  expect(journey.waiting?.leg).toBe("toReport");
  expect(journey.events.map(({ kind }) => kind)).toContain("reportCancelled");
});

test("clocks that disagree are marked, and nothing is counted", () => {
  const early = aStudy({ lastImageAt: clock("09:00"), at: clock("09:05") });
  const { legs } = journeyOf([told(aStep()), told(early)]);
  expect(legs.find(({ leg }) => leg === "toArchive")).toMatchObject({
    tookMs: undefined,
    clocksApartMs: 15 * 60_000,
  });
});

describe("any facts in any order", () => {
  const minute = fc.integer({ min: 0, max: 600 }).map((n) => new Date(clock("06:00").getTime() + n * 60_000));
  const fact: fc.Arbitrary<ExamFact> = fc.oneof(
    fc
      .record({ at: minute, status: fc.constantFrom("scheduled", "arrived", "cancelled") })
      .map((over) => anOrder({ ...over, id: "O" })),
    minute.map((at) => anEntry({ at })),
    fc
      .record({
        at: minute,
        startedAt: minute,
        status: fc.constantFrom("inProgress", "completed", "discontinued"),
      })
      .map((over) => aStep(over)),
    fc.record({ at: minute, lastImageAt: minute, isStable: fc.boolean() }).map((over) => aStudy(over)),
    fc
      .record({
        at: minute,
        status: fc.constantFrom("preliminary", "final", "cancelled"),
        isCritical: fc.boolean(),
      })
      .map((over) => aReport(over)),
  );
  const histories = fc.array(
    fc
      .array(fact, { minLength: 1, maxLength: 4 })
      .map(([first, ...rest]): ObjectHistory | undefined =>
        first === undefined
          ? undefined
          : { sourceId: 1, facts: [first, ...rest.filter(({ kind }) => kind === first.kind)] },
      )
      .map((history) => history ?? told(anOrder())),
    { minLength: 1, maxLength: 5 },
  );

  test("never give a negative duration, and either wait for something or are over", () => {
    fc.assert(
      fc.property(histories, (all) => {
        const journey = journeyOf(all);
        for (const { tookMs, clocksApartMs } of journey.legs) {
          expect(tookMs === undefined || tookMs >= 0).toBe(true);
          expect(clocksApartMs === undefined || clocksApartMs > 0).toBe(true);
          expect(tookMs === undefined || clocksApartMs === undefined).toBe(true);
        }
        expect(journey.waiting === undefined).toBe(journey.state !== "waiting");
        if (journey.waiting) expect(journey.waiting.dueAt > journey.waiting.since).toBe(true);
      }),
    );
  });

  test("come to the same journey, its events in time order", () => {
    fc.assert(
      fc.property(histories, (all) => {
        const journey = journeyOf(all);
        const turned = journeyOf(all.toReversed());
        expect({ ...turned, events: [], department: "", modality: "", procedure: "", priority: "" }).toEqual({
          ...journey,
          events: [],
          department: "",
          modality: "",
          procedure: "",
          priority: "",
        });
        const times = journey.events.map(({ at }) => at.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  test("miss only steps that lie before one that was seen", () => {
    fc.assert(
      fc.property(histories, (all) => {
        const { missing } = journeyOf(all);
        expect(missing.length).toBeLessThan(journeySteps.length);
      }),
    );
  });
});
