import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  currentFact,
  foldVersions,
  type KnownVersions,
  type Version,
} from "@/lib/core/clinical/fold-versions";
import { anOrder, aStudy } from "@/tests/support/clinical";

function aVersion(over: Partial<Version> = {}): Version {
  return { seq: 1, controlId: "", digest: "a", fact: anOrder(), ...over };
}

/** Observations as a source could make them: what one message says once, it says the same each time. */
const observations = fc
  .array(fc.record({ seq: fc.integer({ min: 0, max: 6 }), controlId: fc.constantFrom("", "M1", "M2") }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => list.map((of) => aVersion({ ...of, digest: `${(of.seq * 7 + of.controlId.length) % 3}` })));

const nothing = { all: [], confirmed: undefined };

function foldedOf(...given: readonly Version[]) {
  return foldVersions(nothing, given);
}

/** What decides what an object came to: every content once, in the order in which they were last said, and first said. */
function meaning({ all, confirmed }: KnownVersions): readonly (readonly string[])[] {
  const digests = [...all, ...(confirmed ? [confirmed] : [])].map(({ digest }) => digest);
  return [[...new Set(digests.toReversed())].reverse(), [...new Set(digests)]];
}

describe("observations of one object", () => {
  test("that are given again change nothing of what the object came to", () => {
    fc.assert(
      fc.property(observations, (given) => {
        const known = foldVersions(nothing, given);
        expect(meaning(foldVersions(known, given))).toEqual(meaning(known));
      }),
    );
  });

  test("come to the same in any order", () => {
    fc.assert(
      fc.property(observations, fc.integer(), (given, seed) => {
        const mixed = given.toSorted((a, b) => mix(a, seed) - mix(b, seed));
        expect(meaning(foldedOf(...mixed))).toEqual(meaning(foldedOf(...given)));
      }),
    );
  });

  test("in parts come to the same as at once", () => {
    fc.assert(
      fc.property(observations, observations, (first, second) => {
        const { all, confirmed } = foldVersions(foldedOf(...first), second);
        const whole = foldedOf(...first, ...second);
        expect({ all, confirmed }).toEqual({ all: whole.all, confirmed: whole.confirmed });
      }),
    );
  });

  test("are in conflict when one message says two things", () => {
    const known = foldedOf(aVersion());
    expect(foldVersions(known, [aVersion({ digest: "b" })])).toMatchObject({
      verdicts: ["conflict"],
      added: [],
    });
  });

  test("that are older than what is known only grow the history", () => {
    expect(foldVersions(foldedOf(aVersion({ seq: 5 })), [aVersion({ seq: 2, digest: "b" })])).toMatchObject({
      verdicts: ["stale"],
      all: [{ seq: 2 }, { seq: 5 }],
    });
  });

  test("that say the same for days are one, until something comes in between", () => {
    const days = [1, 2, 3, 4].map((seq) => aVersion({ seq }));
    const known = foldedOf(...days);
    expect(known).toMatchObject({ all: [{ seq: 1 }], confirmed: { seq: 4 } });
    expect(foldVersions(known, [aVersion({ seq: 3, controlId: "late", digest: "b" })])).toMatchObject({
      verdicts: ["stale"],
      all: [{ seq: 1 }, { seq: 3 }, { seq: 4 }],
      confirmed: undefined,
    });
  });
});

describe("what a source says by now", () => {
  test("keeps what a later message leaves out, within the patient too", () => {
    const later = anOrder({ status: "arrived", patient: { sex: "F" } });
    const { modality: _, ...partial } = later;
    expect(currentFact([anOrder(), partial])).toMatchObject({
      status: "arrived",
      modality: "CT",
      patient: { sex: "F", identifiers: [{ value: "70012345" }] },
    });
  });

  test("is the newest study as it was told", () => {
    const { accession: _, ...bare } = aStudy();
    expect(currentFact([aStudy(), bare])).toEqual(bare);
  });
});

function mix({ seq, controlId }: Version, seed: number): number {
  return Math.imul(seq * 31 + controlId.length + 1, seed | 1) >>> 0;
}
