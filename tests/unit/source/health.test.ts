import { expect, test } from "vitest";
import { readingState, type StreamFacts, streamState } from "@/lib/core/source/health";

const now = new Date("2026-11-24T10:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

function aStream(facts: Partial<StreamFacts> = {}): StreamFacts {
  return { circuit: "closed", failures: 0, lastSuccessAt: ago(5_000), everyMs: 10_000, ...facts };
}

test("a stream that was read a moment ago is being read", () => {
  expect(streamState(aStream(), now)).toBe("reading");
});

test("a stream is late after five turns and a minute, not before", () => {
  expect(streamState(aStream({ lastSuccessAt: ago(110_000) }), now)).toBe("reading");
  expect(streamState(aStream({ lastSuccessAt: ago(110_001) }), now)).toBe("late");
});

test("a stream that nobody knows any more is never late", () => {
  expect(streamState(aStream({ everyMs: undefined, lastSuccessAt: ago(1e12) }), now)).toBe("reading");
});

test("an open circuit outweighs failures, and failures outweigh the last success", () => {
  expect(streamState(aStream({ circuit: "open", failures: 9 }), now)).toBe("not-answering");
  expect(streamState(aStream({ failures: 1 }), now)).toBe("failing");
});

test("a source fares as its worst stream", () => {
  const streams = [aStream(), aStream({ failures: 2 }), aStream({ lastSuccessAt: undefined })];
  expect(readingState({ isPaused: false, isPolled: true, streams, now })).toBe("failing");
});

test("a paused source is paused, whatever its streams say", () => {
  const streams = [aStream({ circuit: "open" })];
  expect(readingState({ isPaused: true, isPolled: true, streams, now })).toBe("paused");
});

test("a polled source without streams has read nothing yet; a pushing one sends by itself", () => {
  expect(readingState({ isPaused: false, isPolled: true, streams: [], now })).toBe("nothing-yet");
  expect(readingState({ isPaused: false, isPolled: false, streams: [], now })).toBe("by-itself");
});

test("a port listens while it is noted to be open, is late when nobody says so, and does not listen at the first failure", () => {
  const port = { isPort: true, everyMs: 20_000 };
  expect(streamState(aStream({ ...port, lastSuccessAt: ago(20_000) }), now)).toBe("listening");
  expect(streamState(aStream({ ...port, lastSuccessAt: ago(160_001) }), now)).toBe("late");
  expect(streamState(aStream({ ...port, failures: 1 }), now)).toBe("not-listening");
});
