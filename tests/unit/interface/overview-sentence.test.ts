import { describe, expect, it } from "vitest";
import { overviewSentence, sentenceText } from "@/lib/core/interface/overview-sentence";
import type { JudgedProblem } from "@/lib/core/interface/problem";
import { ago, aHealth, now } from "./signs-builder";

const leg = { legId: 1, name: "RIS", direction: "destination" } as const;
const failing: JudgedProblem = { kind: "failing", leg, since: ago(45), failed: 214, level: "critical" };
const lastNight: JudgedProblem = {
  kind: "was_down",
  leg,
  from: new Date("2026-11-24T01:10:00Z"),
  to: new Date("2026-11-24T03:35:00Z"),
  failed: 312,
  level: "notice",
};
const input = {
  messages: 45_210,
  failed: 12,
  range: { from: ago(24 * 60), to: now },
  now,
  zone: "Europe/Berlin",
};
const say = (healths: Parameters<typeof overviewSentence>[0]["healths"], over = {}) =>
  sentenceText(overviewSentence({ ...input, healths, ...over }));

describe("the overview's sentence", () => {
  it("says so when nothing needs a person, with the period and its counts", () => {
    expect(say([aHealth(), aHealth({ interfaceId: 8 })])).toBe(
      "Nothing needs you. Mon 23 Nov 08:30 – Tue 24 Nov 08:30: 45,210 messages on 2 interfaces, 12 failed.",
    );
    expect(say([aHealth()], { failed: 0 })).toContain("on 1 interface, none failed.");
  });

  it("counts who needs a person and names the worst, its destination and since when", () => {
    const healths = [aHealth({ level: "critical", problems: [failing] }), aHealth({ interfaceId: 8 })];
    expect(say(healths)).toBe(
      "1 of 2 interfaces needs you: Orders to radiology → RIS has let nothing through since 07:45, 214 messages failed.",
    );
  });

  it("tells of an outage that is over, with its clock times in the reader's zone", () => {
    expect(say([aHealth({ level: "notice", problems: [lastNight] })])).toBe(
      "Last night 02:10–04:35 Orders to radiology → RIS was down and 312 messages failed; it works again.",
    );
  });

  it("tells the present before the past", () => {
    const healths = [
      aHealth({ level: "critical", problems: [failing] }),
      aHealth({ interfaceId: 8, name: "Results", level: "notice", problems: [lastNight] }),
    ];
    const text = say(healths);
    expect(text.indexOf("needs you")).toBeLessThan(text.indexOf("Last night"));
  });

  it("leaves out an outage that ended before the range", () => {
    const healths = [aHealth({ level: "notice", problems: [lastNight] })];
    expect(say(healths, { range: { from: ago(60), to: now } })).toMatch(/^Nothing needs you\./);
  });

  it("says what cannot be seen beside everything else, and never calls that calm", () => {
    const unseen = aHealth({
      level: "unknown",
      since: ago(40),
      problems: [{ kind: "unseen", since: ago(40), level: "unknown" }],
    });
    expect(say([unseen])).toBe("1 of 1 interface cannot be seen since 07:50.");
    expect(say([unseen, aHealth()])).toMatch(/on 1 interface, 12 failed\. 1 of 2 interfaces cannot be seen/);
  });

  it("tells an interface known by counters only apart from one that cannot be seen", () => {
    const counted = aHealth({
      level: "unknown",
      problems: [{ kind: "counted_only", received: 120, level: "unknown" }],
    });
    expect(say([counted, aHealth()])).toMatch(
      /on 1 interface, 12 failed\. 1 interface is known by the engine's counters only\.$/,
    );
    expect(say([counted])).not.toContain("cannot be seen");
  });

  it("does not count excluded interfaces", () => {
    expect(say([aHealth(), aHealth({ level: "excluded" })])).toContain("on 1 interface");
  });

  it("links the interface it names", () => {
    const parts = overviewSentence({
      ...input,
      healths: [aHealth({ level: "critical", problems: [failing] })],
    });
    expect(parts.filter((part) => part.interfaceId !== undefined)).toEqual([
      { text: "Orders to radiology → RIS", interfaceId: 7 },
    ]);
  });

  it("says that nothing is connected on an empty installation", () => {
    expect(say([])).toBe("No interface is connected yet.");
  });
});
