import { describe, expect, it, test } from "vitest";
import { type FailureFacts, groupingOf, groupTitle } from "@/lib/core/failure/fingerprint";
import { technicalVocabulary } from "@/lib/core/failure/vocabulary";
import { makeFailures } from "@/tests/support/make-failures";
import { scoreGrouping } from "@/tests/support/score-grouping";

function fingerprintOf(text: string, rest: Partial<FailureFacts> = {}): string {
  return groupingOf({ interface: "1", destination: "2", text, ...rest }).fingerprint;
}

describe("failures come together", () => {
  test.each([
    [
      "whatever the numbers",
      "order 12 not found after 3 attempts",
      "order 99812 not found after 17 attempts",
    ],
    [
      "whatever the spelling of the name",
      "patient García-López, José not found",
      "patient HAUGEN^OLAV not found",
    ],
    ["whatever the host", "cannot connect to a.example.org:6661", "cannot connect to 10.0.0.7:104"],
    ["with and without a stack", "order locked", "order locked\n\tat com.x.Y.z(Y.java:12)"],
    ["whichever line of a script failed", "TypeError at line 12", "TypeError at line 980"],
  ])("%s", (_, one, other) => {
    expect(fingerprintOf(one)).toBe(fingerprintOf(other));
  });
});

describe("failures are kept apart", () => {
  test.each([
    ["by the field", "Required field PID-3 missing", "Required field PID-5 missing"],
    ["by the status", "HTTP 500 from receiver", "HTTP 503 from receiver"],
    ["by the code of a database", "ORA-00001 on insert", "ORA-12899 on insert"],
    ["by what is said", "order not found", "visit not found"],
    [
      "by where a bare exception was thrown",
      "java.lang.NullPointerException\n\tat com.x.OrderMapper.map(O.java:1)",
      "java.lang.NullPointerException\n\tat com.x.ResultParser.parse(R.java:1)",
    ],
  ])("%s", (_, one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  it("by the interface, its destination and the reason", () => {
    const others = [{ interface: "9" }, { destination: "9" }, { reason: "tls" } as const];
    const all = [{}, ...others].map((rest) => fingerprintOf("order not found", rest));
    expect(new Set(all).size).toBe(4);
  });
});

test("a group is named by its reason, the place and the destination", () => {
  const grouping = groupingOf({
    interface: "1",
    destination: "2",
    text: "ERR||PID^1^3|101^Required field missing|E",
  });
  expect(groupTitle({ ...grouping, destination: "RIS" })).toBe("Required field missing (101): PID-3, to RIS");
});

test("no word that may stay is also a usual name", () => {
  const names = [
    "mark",
    "will",
    "bill",
    "grant",
    "may",
    "page",
    "ward",
    "rose",
    "king",
    "young",
    "price",
    "chase",
  ];
  expect(names.filter((name) => technicalVocabulary.has(name))).toEqual([]);
});

test("2,000 failures of 60 causes come apart by cause, and no value of a patient is left", () => {
  const { precision, recall, leaks, causes } = scoreGrouping(
    makeFailures({ seed: 7, failures: 2_000, patients: 500 }),
  );
  expect({ causes, leaks }).toEqual({ causes: 60, leaks: 0 });
  expect(Math.min(precision ?? 0, recall ?? 0)).toBe(1);
});
