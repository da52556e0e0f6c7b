import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { can, reachOf } from "@/lib/core/authz/policy";
import { reviewDeadline, reviewState } from "@/lib/core/disclosure/break-glass";

describe("the deadline of a review is the end of the third working day after the day of use", () => {
  test.each([
    { used: "Monday", at: "2026-03-09T08:00:00Z", due: "2026-03-13T00:00:00.000Z" },
    { used: "Wednesday, over a weekend", at: "2026-03-11T23:59:59Z", due: "2026-03-17T00:00:00.000Z" },
    { used: "Friday, over a weekend", at: "2026-03-13T08:00:00Z", due: "2026-03-19T00:00:00.000Z" },
    { used: "Saturday", at: "2026-03-14T08:00:00Z", due: "2026-03-19T00:00:00.000Z" },
    { used: "Sunday", at: "2026-03-15T08:00:00Z", due: "2026-03-19T00:00:00.000Z" },
  ])("used on a $used", ({ at, due }) => {
    expect(reviewDeadline(new Date(at), "UTC").toISOString()).toBe(due);
  });

  test("by the calendar of the place, over the change to summer time", () => {
    const used = new Date("2026-03-27T22:30:00Z");
    expect(reviewDeadline(used, "Europe/Berlin").toISOString()).toBe("2026-04-01T22:00:00.000Z");
    expect(reviewDeadline(used, "Asia/Tokyo").toISOString()).toBe("2026-04-01T15:00:00.000Z");
  });
});

describe("a use", () => {
  const endsAt = new Date("2026-03-09T08:30:00Z");
  const reviewDue = new Date("2026-03-13T00:00:00Z");
  const at = (now: string) => reviewState({ judgement: undefined, endsAt, reviewDue, now: new Date(now) });

  test("runs, waits, and is overdue from the deadline on", () => {
    expect(at("2026-03-09T08:29:59.999Z")).toBe("running");
    expect(at("2026-03-09T08:30:00Z")).toBe("waiting");
    expect(at("2026-03-12T23:59:59.999Z")).toBe("waiting");
    expect(at("2026-03-13T00:00:00Z")).toBe("overdue");
  });

  test("that was judged is neither waiting nor overdue any more", () => {
    const now = new Date("2027-01-01T00:00:00Z");
    expect(reviewState({ judgement: "not-justified", endsAt, reviewDue, now })).toBe("not-justified");
  });
});

describe("while it runs", () => {
  const person: Extract<Actor, { kind: "user" }> = {
    kind: "user",
    id: "u",
    name: "n",
    email: "e",
    grants: [{ role: "interface-analyst", department: "Radiology" }],
  };
  const inEmergency = { ...person, breakGlassUntil: new Date("2026-03-09T08:30:00Z") };

  test("messages of every department are open for reading", () => {
    expect(reachOf(person, "message.unmask")).toEqual(["Radiology"]);
    expect(reachOf(inEmergency, "message.unmask")).toBe("all");
    expect(can(inEmergency, "message.read", { department: null })).toBe(true);
  });

  test("nothing can be changed that could not be before", () => {
    expect(reachOf(inEmergency, "interface.write")).toEqual(["Radiology"]);
    expect(can(inEmergency, "source.write")).toBe(false);
    expect(can(inEmergency, "patient-audit.read")).toBe(false);
  });
});
