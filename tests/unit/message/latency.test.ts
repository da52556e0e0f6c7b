import { describe, expect, test } from "vitest";
import { latenciesOf } from "@/lib/core/message/latency";
import type { DeliveryObservation } from "@/lib/core/message/schema";

const at = (ms: number) => new Date(Date.UTC(2026, 2, 10) + ms);

function seen(over: Partial<DeliveryObservation>): DeliveryObservation {
  return {
    kind: "delivery",
    interface: "channel",
    leg: "1",
    direction: "destination",
    messageId: "1",
    receivedAt: at(0),
    state: "sent",
    outcome: "ok",
    attempts: 1,
    observedSeq: 0,
    ...over,
  };
}

describe("latencies", () => {
  test("of a destination: end to end, waiting and partner time", () => {
    const times = { startedAt: at(0), sentAt: at(300), ackedAt: at(1_000) };
    expect(latenciesOf(seen(times))).toEqual({
      latencyMs: 1_000,
      waitMs: 300,
      partnerMs: 700,
      clockSuspect: false,
    });
  });

  test("of a source leg: receipt to acknowledgement, nothing else", () => {
    const times = { direction: "source", sentAt: at(300), ackedAt: at(80) } as const;
    expect(latenciesOf(seen(times))).toEqual({
      latencyMs: 80,
      waitMs: undefined,
      partnerMs: undefined,
      clockSuspect: false,
    });
  });

  test("start when processing began anew, not at the first receipt of a replaced message", () => {
    const times = { startedAt: at(1_000_000), ackedAt: at(1_000_050) };
    expect(latenciesOf(seen(times)).latencyMs).toBe(50);
  });

  test("that the source measured itself win over its times", () => {
    expect(latenciesOf(seen({ latencyMs: 5, ackedAt: at(80) })).latencyMs).toBe(5);
  });

  test("below zero are not counted and flagged", () => {
    expect(latenciesOf(seen({ sentAt: at(50), ackedAt: at(-1) }))).toEqual({
      latencyMs: undefined,
      waitMs: 50,
      partnerMs: undefined,
      clockSuspect: true,
    });
  });

  test("of zero are counted", () => {
    expect(latenciesOf(seen({ ackedAt: at(0) }))).toMatchObject({ latencyMs: 0, clockSuspect: false });
  });

  test("longer than can be stored are not counted and flagged", () => {
    const far = new Date(at(0).getTime() + 2_147_483_648);
    expect(latenciesOf(seen({ ackedAt: far }))).toMatchObject({ latencyMs: undefined, clockSuspect: true });
  });

  test("without times are absent, and nothing is suspected", () => {
    expect(latenciesOf(seen({}))).toEqual({
      latencyMs: undefined,
      waitMs: undefined,
      partnerMs: undefined,
      clockSuspect: false,
    });
  });
});
