import { expect, test } from "vitest";
import {
  addCounts,
  failureRate,
  firstAttemptFailureRate,
  noCounts,
  subtractCounts,
  totalOf,
} from "@/lib/core/metric/outcome-counts";

const some = {
  ...noCounts,
  ok: 97,
  failed: 3,
  filtered: 50,
  pending: 20,
  unknown: 5,
  firstOk: 90,
  firstFailed: 10,
};

test("the failure rate leaves out what was filtered, waits or is unknown", () => {
  expect(failureRate(some)).toBe(0.03);
  expect(firstAttemptFailureRate(some)).toBe(0.1);
});

test("there is no failure rate when nothing has ended", () => {
  expect(failureRate({ ...noCounts, pending: 4, filtered: 2 })).toBeNull();
  expect(firstAttemptFailureRate(noCounts)).toBeNull();
});

test("adding and subtracting are each other's reverse, and the total is of outcomes alone", () => {
  expect(subtractCounts(addCounts(some, some), some)).toEqual(some);
  expect(totalOf(some)).toBe(175);
});
