import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { foldObservations, type Observed } from "@/lib/core/message/fold";

// Thousands of cases take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const CASES = 10_000;

/** The body of an observation is a function of its number here, so that nothing conflicts. */
const observation = fc.record({
  observedSeq: fc.nat(12),
  firstOutcome: fc.constantFrom("ok", "failed", undefined),
});

function consistent(
  list: readonly { observedSeq: number; firstOutcome: Observed["firstOutcome"] }[],
): Observed[] {
  const bySeq = new Map(list.map((entry) => [entry.observedSeq, entry.firstOutcome]));
  return list.map(({ observedSeq }) => anObservation(observedSeq, { firstOutcome: bySeq.get(observedSeq) }));
}

function anObservation(observedSeq: number, over: Partial<Observed> = {}): Observed {
  return {
    observedSeq,
    bodyDigest: observedSeq,
    firstOutcome: undefined,
    firstInferred: false,
    ...over,
  };
}

function fold(list: readonly Observed[]) {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error("nothing to fold");
  return foldObservations([first, ...rest]);
}

describe("folding observations of one delivery", () => {
  test("gives the same in any order: newest fields, first outcome of the oldest that has one", () => {
    const lists = fc.array(observation, { minLength: 1, maxLength: 12 }).map(consistent);
    const pairs = lists.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(pairs, ([list, shuffled]) => {
        const sorted = [...list].sort((a, b) => a.observedSeq - b.observedSeq);
        const told = sorted.find(({ firstOutcome }) => firstOutcome !== undefined);
        for (const folded of [fold(list), fold(shuffled)]) {
          expect(folded.head.observedSeq).toBe(sorted.at(-1)?.observedSeq);
          expect(folded.first?.outcome).toBe(told?.firstOutcome);
          expect(folded.first?.seq).toBe(told?.observedSeq);
          expect(folded.verdicts.filter((verdict) => verdict === "head")).toHaveLength(1);
          expect(folded.verdicts).not.toContain("conflict");
        }
      }),
      { numRuns: CASES },
    );
  });

  test("folding in parts gives the same as folding at once", () => {
    const lists = fc.array(observation, { minLength: 2, maxLength: 12 }).map(consistent);
    fc.assert(
      fc.property(lists, fc.nat(), (list, cut) => {
        const at = 1 + (cut % (list.length - 1));
        const [left, right] = [fold(list.slice(0, at)), fold(list.slice(at))];
        const whole = fold(list);
        const head = left.head.observedSeq >= right.head.observedSeq ? left.head : right.head;
        const firsts = [left.first, right.first].flatMap((first) => first ?? []);
        expect(whole.head).toEqual(head);
        expect(whole.first?.seq).toBe(firsts.sort((a, b) => a.seq - b.seq)[0]?.seq);
      }),
      { numRuns: CASES },
    );
  });

  test("the same number with the same body is a duplicate, with another body a conflict", () => {
    const other = anObservation(3, { bodyDigest: -1 });
    const { head, verdicts } = fold([anObservation(3), anObservation(3), other, anObservation(2)]);
    expect(head.bodyDigest).toBe(3);
    expect(verdicts).toEqual(["head", "duplicate", "conflict", "superseded"]);
  });

  test("a conflicting observation does not give the first outcome", () => {
    const conflict = anObservation(1, { bodyDigest: -1, firstOutcome: "failed" });
    expect(fold([anObservation(1), conflict]).first).toBeUndefined();
  });
});
