import { describe, expect, it } from "vitest";
import { assessInterface, compareHealth, needsPerson } from "@/lib/core/interface/health";
import { ago, aLeg, anInterface, now } from "./signs-builder";

const levelOf = (signs: Parameters<typeof assessInterface>[0]) => assessInterface(signs, now).level;
const kindsOf = (signs: Parameters<typeof assessInterface>[0]) =>
  assessInterface(signs, now).problems.map(({ kind }) => kind);

describe("health of an interface", () => {
  it("is normal when everything is as usual", () => {
    const health = assessInterface(anInterface(), now);
    expect(health).toMatchObject({ level: "ok", problems: [], since: undefined });
  });

  it("is critical while a destination lets nothing through", () => {
    const legs = [aLeg({ failing: { since: ago(4), failed: 3 } })];
    expect(assessInterface(anInterface({ legs }), now)).toMatchObject({ level: "critical", since: ago(4) });
  });

  it("takes one failed message for chance until nothing has followed it for 15 minutes", () => {
    const failing = (minutes: number, failed: number) =>
      levelOf(anInterface({ legs: [aLeg({ failing: { since: ago(minutes), failed } })] }));
    expect(failing(14, 1)).toBe("ok");
    expect(failing(15, 1)).toBe("warning");
    expect(failing(14, 2)).toBe("warning");
    expect(failing(15, 2)).toBe("critical");
  });

  it("judges a queue by the age of its head", () => {
    const withHead = (minutes: number) =>
      anInterface({ legs: [aLeg({ queueDepth: 3, headAgeMs: minutes * 60_000 })] });
    expect(levelOf(withHead(4.9))).toBe("ok");
    expect(levelOf(withHead(5))).toBe("warning");
    expect(levelOf(withHead(30))).toBe("critical");
  });

  it("ignores the age of a head that has left", () => {
    expect(levelOf(anInterface({ legs: [aLeg({ queueDepth: 0, headAgeMs: 7_200_000 })] }))).toBe("ok");
  });

  it("warns of a queue that is long against its usual length only", () => {
    const usual = { failureRateHigh: null, p95HighMs: null, queueHigh: 100 };
    expect(kindsOf(anInterface({ legs: [aLeg({ queueDepth: 200, usual })] }))).toEqual([]);
    expect(kindsOf(anInterface({ legs: [aLeg({ queueDepth: 201, usual })] }))).toEqual(["queue_long"]);
  });

  it("calls silence abnormal only against at least two earlier weeks", () => {
    const silent = (usualLow: number, weeks: number) =>
      anInterface({ silence: { since: ago(90), usualLow, weeks } });
    expect(levelOf(silent(40, 4))).toBe("critical");
    expect(levelOf(silent(6, 4))).toBe("warning");
    expect(levelOf(silent(4, 4))).toBe("ok");
    expect(levelOf(silent(40, 1))).toBe("ok");
  });

  it("takes the silence of a highly critical interface more seriously", () => {
    const silence = { since: ago(90), usualLow: 6, weeks: 4 };
    expect(levelOf(anInterface({ silence, criticality: "high" }))).toBe("critical");
  });

  it("is unknown, not silent, while the source cannot be seen", () => {
    const signs = anInterface({
      unseenSince: ago(40),
      silence: { since: ago(90), usualLow: 400, weeks: 4 },
    });
    expect(assessInterface(signs, now)).toMatchObject({ level: "unknown", since: ago(40) });
    expect(kindsOf(signs)).toEqual(["unseen"]);
  });

  it("is unknown where nothing was ever seen", () => {
    const { silence: _, ...never } = anInterface({ legs: [aLeg({ ok: 0 })] });
    expect(levelOf(never)).toBe("unknown");
  });

  it("is left out of judgement while paused here or undeployed there", () => {
    const legs = [aLeg({ failing: { since: ago(60), failed: 90 } })];
    expect(levelOf(anInterface({ legs, isPaused: true }))).toBe("excluded");
    expect(levelOf(anInterface({ legs, engineState: "UNDEPLOYED" }))).toBe("excluded");
  });

  it("names a stopped channel critical and a paused one a warning", () => {
    expect(levelOf(anInterface({ engineState: "STOPPED" }))).toBe("critical");
    expect(levelOf(anInterface({ engineState: "PAUSED" }))).toBe("warning");
    expect(levelOf(anInterface({ engineState: "STARTING" }))).toBe("ok");
  });

  it("compares the failure rate with the usual one", () => {
    const usual = { failureRateHigh: 0.02, p95HighMs: null, queueHigh: null };
    expect(kindsOf(anInterface({ legs: [aLeg({ ok: 960, failed: 40, usual })] }))).toEqual([]);
    expect(kindsOf(anInterface({ legs: [aLeg({ ok: 950, failed: 50, usual })] }))).toEqual(["fails_more"]);
  });

  it("does not count the failures of an outage a second time as a high rate", () => {
    const outages = [{ from: ago(320), to: ago(175), failed: 40, isOver: true }];
    const health = assessInterface(anInterface({ legs: [aLeg({ ok: 460, failed: 40, outages })] }), now);
    expect(health.problems.map(({ kind }) => kind)).toEqual(["was_down"]);
    expect(health.level).toBe("notice");
  });

  it("calls a leg slow only beyond twice its usual p95, above a second and with enough messages", () => {
    expect(kindsOf(anInterface({ legs: [aLeg({ p95Ms: 1_300 })] }))).toEqual(["slower"]);
    expect(kindsOf(anInterface({ legs: [aLeg({ p95Ms: 1_200 })] }))).toEqual([]);
    expect(kindsOf(anInterface({ legs: [aLeg({ p95Ms: 1_300, ok: 19 })] }))).toEqual([]);
  });

  it("lets the worst problem speak first", () => {
    const legs = [
      aLeg({ legId: 1, p95Ms: 9_000 }),
      aLeg({ legId: 2, failing: { since: ago(20), failed: 12 } }),
    ];
    expect(kindsOf(anInterface({ legs }))).toEqual(["failing", "slower"]);
  });
});

describe("order of the worst-first list", () => {
  const failing = (failed: number, over = {}) =>
    assessInterface(anInterface({ legs: [aLeg({ failing: { since: ago(20), failed } })], ...over }), now);

  it("puts any critical interface before any other level, however important or busy", () => {
    const slow = anInterface({ criticality: "high", legs: [aLeg({ p95Ms: 9_000 })] });
    expect(compareHealth(failing(3, { criticality: "low" }), assessInterface(slow, now))).toBeLessThan(0);
  });

  it("puts the more important interface first at the same level, whatever the counts", () => {
    const important = failing(3, { criticality: "high" });
    expect(compareHealth(important, failing(90_000))).toBeLessThan(0);
  });

  it("puts more failures first, then sorts by name", () => {
    expect(compareHealth(failing(30), failing(3))).toBeLessThan(0);
    expect(compareHealth(failing(3, { name: "A" }), failing(3, { name: "B" }))).toBeLessThan(0);
  });

  it("asks for a person at critical and warning only", () => {
    expect(
      (["critical", "warning", "unknown", "notice", "ok", "excluded"] as const).filter(needsPerson),
    ).toEqual(["critical", "warning"]);
  });
});

describe("an interface known by the engine's counters only", () => {
  it("is unknown, with what the engine counted, and never normal", () => {
    const { silence: _, ...unseen } = anInterface({ countedOnly: 120, legs: [] });
    expect(assessInterface(unseen, now)).toMatchObject({
      level: "unknown",
      problems: [{ kind: "counted_only", received: 120 }],
    });
  });

  it("still tells that it is stopped at the engine", () => {
    const health = assessInterface(anInterface({ countedOnly: 120, engineState: "STOPPED" }), now);
    expect(health.problems.map(({ kind }) => kind)).toEqual(["not_running", "counted_only"]);
  });
});
