import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/core/audit/canonical-json";
import { contentDigest } from "@/lib/core/clinical/content-digest";
import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { quickDigest } from "@/lib/core/message/digest";
import { anOrder, aPatient, aStudy, aWholeExam, clock } from "@/tests/support/clinical";

/** As rows hold it since the first release. */
function digestThroughJson({ at: _, observedSeq: __, controlId: ___, ...said }: ClinicalFact): string {
  return String(quickDigest(canonicalJson(JSON.parse(JSON.stringify(said)))));
}

describe("the digest of what an observation says", () => {
  test("is that of its canonical JSON", () => {
    for (const fact of [...aWholeExam(), aPatient(), aStudy({ series: [], sizeBytes: 1e21 })]) {
      expect(contentDigest(fact)).toBe(digestThroughJson(fact));
    }
  });

  test("is that of its canonical JSON for any texts and numbers", () => {
    const text = fc.string({ unit: "binary-ascii", maxLength: 12 });
    const names = fc.array(fc.record({ family: text, given: text }, { requiredKeys: [] }), { maxLength: 3 });
    fc.assert(
      fc.property(names, fc.option(text, { nil: undefined }), fc.double(), (all, birthDate, n) => {
        const fact = aPatient({ names: all, birthDate, isDeceased: n > 0 });
        expect(contentDigest(fact)).toBe(digestThroughJson(fact));
      }),
    );
  });

  test("does not change with when it was made and by which message it came, but with what it says", () => {
    const digest = contentDigest(anOrder());
    expect(contentDigest(anOrder({ at: clock("11:00"), observedSeq: 7, controlId: "M2" }))).toBe(digest);
    expect(contentDigest(anOrder({ scheduledAt: clock("11:00") }))).not.toBe(digest);
  });
});
