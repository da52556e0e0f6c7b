import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCursor, parsePlace, printCursor, printPlace } from "@/lib/core/message/delivery-place";
import { isIndexed, parseMessageFilter, printMessageFilter } from "@/lib/core/message/message-filter";
import { ackCodes, directions, messageStates, outcomes } from "@/lib/core/message/outcome";
import { failureReasons } from "@/lib/core/message/reason";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const instant = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });

describe("the filter of messages in the address bar", () => {
  it("comes back as it was written", () => {
    const filter = fc.record(
      {
        interfaceId: fc.nat(2_147_483_647),
        legId: fc.nat(2_147_483_647),
        sourceId: fc.nat(2_147_483_647),
        messageClass: fc.constantFrom("ADT", "Orders & results", "Bücher/é"),
        direction: fc.constantFrom(...directions),
        outcome: fc.constantFrom(...outcomes),
        firstOutcome: fc.constant("failed" as const),
        state: fc.constantFrom(...messageStates),
        ackCode: fc.constantFrom(...ackCodes),
        reason: fc.constantFrom(...failureReasons),
        type: fc.constantFrom("ORM", "ADT^A08", "ORU^R01"),
        minMs: fc.nat(1_000_000),
        maxMs: fc.nat(1_000_000),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filter, (given) => {
        expect(parseMessageFilter(printMessageFilter(given))).toEqual({ filter: given, ignored: [] });
      }),
    );
  });

  it("names what it cannot read and leaves it out", () => {
    const read = parseMessageFilter({ leg: "7", outcome: "sideways", min: "-1", type: "ORM'; --" });
    expect(read).toEqual({ filter: { legId: 7 }, ignored: ["outcome", "type", "min"] });
  });

  it("takes the first of a repeated parameter and ignores empty ones", () => {
    expect(parseMessageFilter({ leg: ["3", "4"], outcome: "" })).toEqual({
      filter: { legId: 3 },
      ignored: [],
    });
  });

  it("knows which filters an index answers", () => {
    expect(isIndexed({})).toBe(true);
    expect(isIndexed({ interfaceId: 1, legId: 2, outcome: "failed" })).toBe(true);
    expect(isIndexed({ outcome: "ok" })).toBe(false);
    expect(isIndexed({ outcome: "failed", minMs: 5 })).toBe(false);
  });
});

describe("the address of a delivery and of a page", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), instant, int64, (legId, receivedAt, id) => {
        expect(parsePlace(printPlace({ legId, receivedAt, id }))).toEqual({ legId, receivedAt, id });
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("older" as const, "newer" as const),
        instant,
        int64,
        (direction, at, id) => {
          expect(parseCursor(printCursor({ direction, at, id }))).toEqual({ direction, at, id });
        },
      ),
    );
  });

  it("refuses everything else", () => {
    for (const text of ["", "1.2", "0.1.1", "1.1.9223372036854775808", "9999999999.1.1", "1.1.1;DROP"]) {
      expect(parsePlace(text)).toBeUndefined();
    }
    for (const text of ["", "x.1.1", "o.1", "o.1.99999999999999999999"])
      expect(parseCursor(text)).toBeUndefined();
  });
});
