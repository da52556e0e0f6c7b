import { describe, expect, test } from "vitest";
import { decideRun, type Sent } from "@/lib/core/replay/decide";
import type { ItemState } from "@/lib/core/replay/states";

const now = new Date("2026-03-10T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

function anItem(id: number, state: ItemState, over: Partial<Sent> = {}): Sent {
  const wasSent = state !== "planned" && state !== "left";
  return {
    legId: 1,
    id: String(id),
    receivedAt: at(id - 1_000),
    patientRef: `patient ${id}`,
    accession: undefined,
    state,
    sendingAt: wasSent ? at(id - 600) : undefined,
    ...over,
  };
}

type Run = Parameters<typeof decideRun<Sent>>[0];
const decide = (items: readonly Sent[], over: Partial<Run> = {}) =>
  decideRun({
    items,
    elsewhere: [],
    runningSince: at(-3_600),
    stopAfter: 2,
    perMinute: 60,
    isSwitchedOn: true,
    now,
    ...over,
  });

describe("a running replay", () => {
  test("sends the oldest that is planned", () => {
    expect(decide([anItem(2, "planned"), anItem(1, "planned")])).toMatchObject({
      kind: "send",
      item: { id: "1" },
    });
  });

  test("keeps its pace", () => {
    const items = [anItem(1, "delivered", { sendingAt: at(-0.4) }), anItem(2, "planned")];
    expect(decide(items)).toEqual({ kind: "wait", ms: 600 });
    expect(decide(items, { perMinute: 600 })).toMatchObject({ kind: "send" });
  });

  test("is done when nothing is planned or underway, even while some are unclear", () => {
    expect(decide([anItem(1, "delivered"), anItem(2, "unclear"), anItem(3, "left")])).toEqual({
      kind: "finish",
    });
    expect(decide([anItem(1, "accepted")])).toMatchObject({ kind: "wait" });
  });

  test("stops after so many in a row that failed or are unclear, and counts anew after a person resumed it", () => {
    const items = [anItem(1, "failed"), anItem(2, "unclear"), anItem(3, "planned")];
    expect(decide(items)).toEqual({ kind: "stop", cause: "failures" });
    expect(decide(items, { runningSince: at(-1) })).toMatchObject({ kind: "send" });
    const between = [anItem(1, "failed"), anItem(2, "delivered"), anItem(3, "failed"), anItem(4, "planned")];
    expect(decide(between)).toMatchObject({ kind: "send" });
  });

  test("stops when all that is left waits for what is unclear", () => {
    const patient = { patientRef: "a" };
    const items = [anItem(1, "unclear", patient), anItem(2, "planned", patient)];
    expect(decide(items)).toEqual({ kind: "stop", cause: "unclear" });
  });

  test("waits for a message of the same patient that another replay has underway", () => {
    const patient = { patientRef: "a" };
    expect(decide([anItem(2, "planned", patient)], { elsewhere: [anItem(9, "accepted", patient)] })).toEqual({
      kind: "wait",
      ms: 1_000,
    });
  });

  test("stops when it is switched off for its source", () => {
    expect(decide([anItem(1, "planned")], { isSwitchedOn: false })).toEqual({
      kind: "stop",
      cause: "switched_off",
    });
  });
});
