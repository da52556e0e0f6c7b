import { expect, test } from "vitest";
import { type Traits, whatDiffers } from "@/lib/core/failure/what-differs";

type Trait = "type" | "revision";

function messages(count: number, traits: Traits<Trait>): readonly Traits<Trait>[] {
  return Array.from({ length: count }, () => traits);
}

function compare(failing: readonly Traits<Trait>[], passing: readonly Traits<Trait>[]) {
  return whatDiffers<Trait>({ traits: ["type", "revision"], failing, passing, limit: 5 });
}

test("the value that only failing messages have comes first, with its counts", () => {
  const failing = [
    ...messages(9, { type: "A", revision: "8" }),
    ...messages(1, { type: "B", revision: "8" }),
  ];
  const passing = [
    ...messages(50, { type: "A", revision: "7" }),
    ...messages(50, { type: "B", revision: "7" }),
  ];
  const [first, second, ...others] = compare(failing, passing);
  expect(first).toMatchObject({
    trait: "revision",
    value: "8",
    failing: 10,
    passing: 0,
    lift: null,
    isSmall: false,
  });
  expect(second).toMatchObject({
    trait: "type",
    value: "A",
    failingShare: 0.9,
    passingShare: 0.5,
    lift: 1.8,
  });
  expect(others).toEqual([]);
});

test("messages that are alike differ in nothing", () => {
  const alike = messages(20, { type: "A", revision: "7" });
  expect(compare(alike, alike)).toEqual([]);
});

test("few messages are said to be few", () => {
  const [only] = compare(
    messages(2, { type: "A", revision: "7" }),
    messages(90, { type: "B", revision: "7" }),
  );
  expect(only).toMatchObject({ failing: 2, isSmall: true });
});

test("a trait that one side does not know is compared with nothing", () => {
  const passing = messages(90, { type: "A", revision: null });
  expect(compare(messages(9, { type: "A", revision: "7" }), passing)).toEqual([]);
});
