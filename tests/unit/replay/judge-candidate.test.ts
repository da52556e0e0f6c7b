import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { directions, messageStates, outcomes } from "@/lib/core/message/outcome";
import { failureReasons } from "@/lib/core/message/reason";
import { type Candidate, isTaken, judgeCandidate } from "@/lib/core/replay/judge-candidate";

function aCandidate(given: Partial<Candidate> = {}): Candidate {
  return {
    direction: "destination",
    state: "error",
    outcome: "failed",
    reason: "nack_ae",
    isSwitchedOn: true,
    isInOpenRun: false,
    isContentKept: true,
    wasDeliveredByReplay: false,
    isUnclearElsewhere: false,
    isSuperseded: false,
    ...given,
  };
}

const anyCandidate = fc.record<Candidate>({
  direction: fc.constantFrom(...directions),
  state: fc.constantFrom(...messageStates),
  outcome: fc.constantFrom(...outcomes),
  reason: fc.option(fc.constantFrom(...failureReasons), { nil: undefined }),
  isSwitchedOn: fc.boolean(),
  isInOpenRun: fc.boolean(),
  isContentKept: fc.option(fc.boolean(), { nil: undefined }),
  wasDeliveredByReplay: fc.boolean(),
  isUnclearElsewhere: fc.boolean(),
  isSuperseded: fc.boolean(),
});

describe("a message that failed at its destination", () => {
  test("is chosen by itself", () => {
    expect(judgeCandidate(aCandidate())).toEqual({ kind: "chosen" });
  });

  test.each([
    ["inbound", { direction: "source" }],
    ["arrived", { outcome: "ok", state: "sent" }],
    ["filtered", { outcome: "filtered", state: "filtered" }],
    ["still_queued", { outcome: "pending", state: "queued" }],
    ["in_other_replay", { isInOpenRun: true }],
    ["content_gone", { isContentKept: false }],
    ["switched_off", { isSwitchedOn: false }],
  ] as const)("is refused: %s", (refusal, given) => {
    const verdict = judgeCandidate(aCandidate(given));
    expect(verdict).toEqual({ kind: "refused", refusals: [refusal] });
    expect(isTaken(verdict, "The receiver asked for it")).toBe(false);
  });

  test.each([
    ["ambiguous", { reason: "ack_timeout" }],
    ["ambiguous", { isUnclearElsewhere: true }],
    ["ambiguous", { outcome: "unknown", reason: undefined }],
    ["delivered_by_replay", { wasDeliveredByReplay: true }],
    ["superseded", { isSuperseded: true }],
  ] as const)("is left out unless a person says why: %s", (caution, given) => {
    const verdict = judgeCandidate(aCandidate(given));
    expect(verdict).toEqual({ kind: "cautious", cautions: [caution] });
    expect(isTaken(verdict, undefined)).toBe(false);
    expect(isTaken(verdict, "  ")).toBe(false);
    expect(isTaken(verdict, "The receiver says that it has nothing")).toBe(true);
  });

  test("may be chosen while it is not yet known whether its content is kept", () => {
    expect(judgeCandidate(aCandidate({ isContentKept: undefined })).kind).toBe("chosen");
  });
});

test("whatever else holds, only outbound messages that failed or are unknown are ever taken", () => {
  fc.assert(
    fc.property(anyCandidate, fc.option(fc.string(), { nil: undefined }), (candidate, tick) => {
      if (!isTaken(judgeCandidate(candidate), tick)) return;
      expect(["failed", "unknown"]).toContain(candidate.outcome);
      expect(candidate).toMatchObject({ direction: "destination", isInOpenRun: false, isSwitchedOn: true });
      expect(candidate.isContentKept).not.toBe(false);
      if (tick === undefined || tick.trim() === "") {
        expect(candidate).toMatchObject({
          outcome: "failed",
          isSuperseded: false,
          wasDeliveredByReplay: false,
          isUnclearElsewhere: false,
        });
      }
    }),
    { numRuns: 5_000 },
  );
});
