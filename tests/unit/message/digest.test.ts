import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { deliveryId, messageKey } from "@/lib/core/message/digest";

// Thousands of cases take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const name = { sourceId: 1, interface: "channel", messageId: "42", leg: "1" };

test("the id of a delivery is fixed for ever: stored rows are found by it", () => {
  expect(deliveryId(name)).toBe("6135197677685173401");
  expect(messageKey(name)).toBe("7635869099859974359");
});

test("any part of the name makes another id", () => {
  const others = [{ sourceId: 2 }, { interface: "chanel" }, { messageId: "43" }, { leg: "2" }];
  const ids = [name, ...others.map((over) => ({ ...name, ...over }))].map(deliveryId);
  expect(new Set(ids).size).toBe(5);
});

test("legs of one message share its key, which fits PostgreSQL's bigint", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (messageId, one, other) => {
      const key = messageKey({ ...name, messageId });
      expect(messageKey({ ...name, messageId, ...{ leg: one } })).toBe(
        messageKey({ ...name, messageId, ...{ leg: other } }),
      );
      expect(BigInt.asIntN(64, BigInt(key))).toBe(BigInt(key));
    }),
    { numRuns: 10_000 },
  );
});
