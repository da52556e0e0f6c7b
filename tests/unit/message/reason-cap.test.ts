import { expect, test } from "vitest";
import { cappedLegs } from "@/lib/core/message/reason-cap";

test("a leg whose reasons add up to the cap may have failed more often; others have not", () => {
  const counts = [
    { legId: 1, failed: 6 },
    { legId: 2, failed: 9 },
    { legId: 1, failed: 4 },
    { legId: 3, failed: 10 },
  ];
  expect(cappedLegs(counts, 10)).toEqual([1, 3]);
});

test("the cap itself is 20,000 failures", () => {
  expect(cappedLegs([{ legId: 1, failed: 19_999 }])).toEqual([]);
  expect(cappedLegs([{ legId: 1, failed: 20_000 }])).toEqual([1]);
});
