import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countOrdered, inSendingOrder, keysOf, nextItem, type Ordered } from "@/lib/core/replay/order";
import { type ItemState, isInFlight } from "@/lib/core/replay/states";

function anItem(given: Partial<Ordered> = {}): Ordered {
  return {
    legId: 1,
    receivedAt: new Date("2026-03-10T12:00:00Z"),
    id: "1",
    patientRef: undefined,
    accession: undefined,
    state: "planned",
    ...given,
  };
}

const at = (minute: number) => new Date(Date.UTC(2026, 2, 10, 12, minute));

describe("the next message of a run", () => {
  test("is the oldest", () => {
    const items = [anItem({ id: "2", receivedAt: at(2) }), anItem({ id: "1", receivedAt: at(1) })];
    expect(nextItem(items)?.id).toBe("1");
  });

  test("waits while another of its patient is underway, and lets other patients pass", () => {
    const items = [
      anItem({ id: "1", receivedAt: at(1), patientRef: "a", state: "accepted" }),
      anItem({ id: "2", receivedAt: at(2), patientRef: "a" }),
      anItem({ id: "3", receivedAt: at(3), patientRef: "b" }),
    ];
    expect(nextItem(items)?.id).toBe("3");
  });

  test("waits for an older one that itself waits", () => {
    const items = [
      anItem({ id: "1", receivedAt: at(1), patientRef: "a", state: "unclear" }),
      anItem({ id: "2", receivedAt: at(2), patientRef: "a", accession: "X" }),
      anItem({ id: "3", receivedAt: at(3), accession: "X" }),
    ];
    expect(nextItem(items)).toBeUndefined();
  });

  test("does not wait for another destination", () => {
    const items = [
      anItem({ id: "1", receivedAt: at(1), patientRef: "a", state: "sending" }),
      anItem({ id: "2", receivedAt: at(2), patientRef: "a", legId: 2 }),
    ];
    expect(nextItem(items)?.id).toBe("2");
  });

  test("is none when all are over", () => {
    expect(nextItem([anItem({ state: "delivered" }), anItem({ id: "2", state: "left" })])).toBeUndefined();
  });
});

test("messages that share a patient or an order are counted as those whose order matters", () => {
  const items = [
    anItem({ id: "1", patientRef: "a" }),
    anItem({ id: "2", patientRef: "a" }),
    anItem({ id: "3", patientRef: "b" }),
    anItem({ id: "4" }),
  ];
  expect(countOrdered(items)).toBe(2);
});

const anyItems = fc
  .array(
    fc.record({
      legId: fc.integer({ min: 1, max: 2 }),
      minute: fc.integer({ min: 0, max: 5 }),
      patientRef: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
      accession: fc.option(fc.constantFrom("X", "Y"), { nil: undefined }),
    }),
    { maxLength: 14 },
  )
  .map((all) =>
    all.map(({ minute, ...one }, i) => anItem({ ...one, id: String(i), receivedAt: at(minute) })),
  );

test("whenever answers come, each key is sent oldest first and never twice at once", () => {
  fc.assert(
    fc.property(anyItems, fc.infiniteStream(fc.nat()), (planned, choices) => {
      const state = new Map<string, ItemState>(planned.map(({ id }) => [id, "planned"]));
      const now = () => planned.map((item) => ({ ...item, state: state.get(item.id) ?? "planned" }));
      const sent: Ordered[] = [];
      for (let step = 0; step < planned.length * 2; step++) {
        const next = nextItem(now());
        const underway = now().filter((item) => isInFlight(item.state));
        const choice = choices.next().value ?? 0;
        if (next !== undefined && (underway.length === 0 || choice % 2 === 0)) {
          const keys = underway.flatMap(keysOf);
          expect(keysOf(next).filter((key) => keys.includes(key))).toEqual([]);
          state.set(next.id, "sending");
          sent.push(next);
        } else {
          const ended = underway[choice % Math.max(1, underway.length)];
          if (ended) state.set(ended.id, choice % 3 === 0 ? "failed" : "delivered");
        }
      }
      expect(sent).toHaveLength(planned.length);
      for (const key of new Set(planned.flatMap(keysOf))) {
        const ofKey = (items: readonly Ordered[]) =>
          items.filter((item) => keysOf(item).includes(key)).map(({ id }) => id);
        expect(ofKey(sent)).toEqual(ofKey(inSendingOrder(planned)));
      }
    }),
    { numRuns: 500 },
  );
});
