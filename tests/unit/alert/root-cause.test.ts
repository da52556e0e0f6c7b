import { describe, expect, test } from "vitest";
import { presetFor } from "@/lib/core/alert/presets";
import { findConditions, placeKey } from "@/lib/core/alert/root-cause";
import type { JudgedProblem } from "@/lib/core/interface/problem";

const since = new Date("2025-03-10T10:00:00Z");
const ris = { legId: 7, name: "RIS", direction: "destination" as const };
const pacs = { legId: 8, name: "PACS", direction: "destination" as const };

const failing = (leg = ris): JudgedProblem => ({ kind: "failing", leg, since, failed: 9, level: "critical" });
const stuck = (leg = ris): JudgedProblem => ({
  kind: "queue_stuck",
  leg,
  since,
  depth: 4,
  headAgeMs: 900_000,
  level: "warning",
});
const slower: JudgedProblem = { kind: "slower", leg: ris, p95Ms: 9, usualHighMs: 1, level: "warning" };
const silent: JudgedProblem = { kind: "silent", since, usualLow: 40, level: "critical" };
const stopped: JudgedProblem = { kind: "not_running", state: "STOPPED", level: "critical" };
const unseen: JudgedProblem = { kind: "unseen", since, level: "unknown" };
const wasDown: JudgedProblem = {
  kind: "was_down",
  leg: ris,
  from: since,
  to: since,
  failed: 3,
  level: "notice",
};

function interfaceWith(interfaceId: number, ...problems: readonly JudgedProblem[]) {
  const health = { interfaceId, name: `if ${interfaceId}`, level: "critical", problems, since, score: 1 };
  return { health: { ...health, level: "critical" as const }, sourceId: 1 };
}

/** Each condition as "key at place", with a mark where something else explains it. */
function told(...interfaces: Parameters<typeof findConditions>[0]) {
  return findConditions(interfaces).map(
    ({ key, place, isExplained }) => `${key} at ${placeKey(place)}${isExplained ? ", explained" : ""}`,
  );
}

describe("the cause of what is wrong", () => {
  test("is the dead destination: its queue and its delay are listed with it", () => {
    expect(told(interfaceWith(1, slower, stuck(), failing()))).toEqual([
      "leg/7/failing at leg/7",
      "leg/7/queue_stuck at leg/7, explained",
      "leg/7/slower at leg/7, explained",
    ]);
  });

  test("is told once for each destination that is dead", () => {
    expect(told(interfaceWith(1, failing(), failing(pacs), stuck(pacs)))).toEqual([
      "leg/7/failing at leg/7",
      "leg/8/failing at leg/8",
      "leg/8/queue_stuck at leg/8, explained",
    ]);
  });

  test("is the engine where the interface does not run there, for its legs and its silence", () => {
    expect(told(interfaceWith(1, silent, stuck(), stopped))).toEqual([
      "interface/1/not_running at interface/1",
      "leg/7/queue_stuck at interface/1, explained",
      "interface/1/silent at interface/1, explained",
    ]);
  });

  test("is the source that cannot be seen, once for all of its interfaces", () => {
    expect(told(interfaceWith(2, unseen), interfaceWith(1, unseen))).toEqual([
      "interface/1/unseen at source/1",
      "interface/2/unseen at source/1, explained",
    ]);
  });

  test("is none where it is over, or worth no more than a note", () => {
    expect(told(interfaceWith(1, wasDown, { ...slower, level: "notice" }))).toEqual([]);
  });

  test("does not depend on the order in which problems are found", () => {
    expect(told(interfaceWith(1, failing(), stuck(), slower))).toEqual(
      told(interfaceWith(1, slower, failing(), stuck())),
    );
  });
});

describe("the preset of a rule", () => {
  test("lets what the overview found by repetition fire at once, and what comes and goes last", () => {
    expect(presetFor("failing", "results").forMs).toBe(0);
    expect(presetFor("slower", "results").forMs).toBe(600_000);
  });

  test("waits twice as long for images and documents, for which nobody waits by the minute", () => {
    expect(presetFor("slower", "Images").forMs).toBe(1_200_000);
    expect(presetFor("slower", null).forMs).toBe(600_000);
  });
});
