import { describe, expect, test } from "vitest";
import { isCancelCode, type Weighed, whySecondPerson } from "@/lib/core/replay/second-person";

const plain: Weighed = { messageType: "ORU^R01", cancelsOrder: false };
const times = (n: number, one: Weighed) => Array.from({ length: n }, () => one);

describe("a replay takes a second person", () => {
  test("above the number that one person may send alone, and not at it", () => {
    expect(whySecondPerson(times(25, plain), 25)).toEqual([]);
    expect(whySecondPerson(times(26, plain), 25)).toEqual(["many"]);
  });

  test.each(["ADT^A40", "ADT^A47", "ADT^A11", "ADT^A12", "ADT^A13", "ADT^A40^ADT_A39"])("for %s", (type) => {
    expect(whySecondPerson([{ messageType: type, cancelsOrder: false }], 25)).toEqual(["merge_or_cancel"]);
  });

  test.each(["ADT^A01", "ADT^A08", "ORU^R01", "SIU^S12"])("not for one %s", (type) => {
    expect(whySecondPerson([{ messageType: type, cancelsOrder: undefined }], 25)).toEqual([]);
  });

  test("for an order that is cancelled, and for one that could not be read", () => {
    const order = (cancelsOrder: boolean | undefined) => [{ messageType: "ORM^O01", cancelsOrder }];
    expect(whySecondPerson(order(true), 25)).toEqual(["order_cancel"]);
    expect(whySecondPerson(order(undefined), 25)).toEqual(["unread_order"]);
    expect(whySecondPerson(order(false), 25)).toEqual([]);
  });

  test("for a message of an unknown type that could not be read", () => {
    expect(whySecondPerson([{ messageType: undefined, cancelsOrder: undefined }], 25)).toEqual([
      "unread_order",
    ]);
  });
});

test("codes that take an order back are told from those that place it", () => {
  expect(["CA", "OC", "DC", " ca "].map(isCancelCode)).toEqual([true, true, true, true]);
  expect(["NW", "XO", "SC", ""].map(isCancelCode)).toEqual([false, false, false, false]);
});
