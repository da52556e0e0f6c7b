import { expect, test } from "vitest";
import { isSameMessage, type Sighting, WITNESS_MS } from "@/lib/core/message/witness";

const at = new Date("2026-03-10T10:00:00Z");

function aSighting(over: Partial<Sighting> = {}): Sighting {
  return { sourceId: 1, controlId: "C1", messageType: "ADT^A08", receivedAt: at, ...over };
}

test("two sources that name one control id within a day speak of one message", () => {
  const later = new Date(at.getTime() + WITNESS_MS);
  expect(isSameMessage(aSighting(), aSighting({ sourceId: 2, receivedAt: later }))).toBe(true);
  expect(isSameMessage(aSighting(), aSighting({ sourceId: 2, messageType: null }))).toBe(true);
});

test("one source, another control id or none, another type or another day is another message", () => {
  const others = [
    aSighting(),
    aSighting({ sourceId: 2, controlId: "C2" }),
    aSighting({ sourceId: 2, messageType: "ADT^A40" }),
    aSighting({ sourceId: 2, receivedAt: new Date(at.getTime() + WITNESS_MS + 1) }),
  ];
  expect(others.filter((other) => isSameMessage(aSighting(), other))).toEqual([]);
  const nameless = { controlId: null };
  expect(isSameMessage(aSighting(nameless), aSighting({ sourceId: 2, ...nameless }))).toBe(false);
});
