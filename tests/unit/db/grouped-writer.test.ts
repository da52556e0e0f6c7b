import { describe, expect, test } from "vitest";
import type { DeliveryRow, DeliveryWriter } from "@/lib/db/delivery-row";
import { groupedWriter } from "@/lib/db/grouped-writer";

function aRow(id: string, over: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    legId: 1,
    receivedMs: 0,
    id,
    messageKey: id,
    engineMessageId: id,
    controlId: undefined,
    messageType: undefined,
    state: "sent",
    outcome: "ok",
    firstOutcome: undefined,
    firstOutcomeSeq: undefined,
    firstInferred: false,
    ackCode: undefined,
    reason: undefined,
    attempts: 0,
    startedMs: undefined,
    sentMs: undefined,
    ackedMs: undefined,
    latencyMs: undefined,
    waitMs: undefined,
    partnerMs: undefined,
    clockSuspect: false,
    sizeBytes: undefined,
    accession: undefined,
    orderNumber: undefined,
    patientRef: undefined,
    errorText: undefined,
    replayOf: undefined,
    interfaceRevision: undefined,
    observedSeq: 0,
    bodyDigest: 0,
    ...over,
  };
}

/** A writer that notes the ids of each statement; it refuses statements with a row in state "bad". */
function recorder(): { readonly statements: string[][]; readonly inner: DeliveryWriter } {
  const statements: string[][] = [];
  const inner: DeliveryWriter = {
    write: async (rows) => {
      statements.push(rows.map(({ id }) => id));
      await new Promise((resolve) => setImmediate(resolve));
      if (rows.some(({ state }) => state === "bad")) throw new Error("refused");
      if (rows.some(({ state }) => state === "away")) throw new Error("away");
      return rows.map(({ outcome }) => (outcome === "ok" ? "created" : "duplicate"));
    },
  };
  return { statements, inner };
}

const mayBeOneRow = (error: unknown) => error instanceof Error && error.message === "refused";

describe("callers at the same time", () => {
  test("share a statement and are each told about their own rows", async () => {
    const { statements, inner } = recorder();
    const writer = groupedWriter({ inner, mayBeOneRow, lanes: 1 });
    const effects = await Promise.all([
      writer.write([aRow("1"), aRow("2", { outcome: "failed" })]),
      writer.write([aRow("3", { outcome: "failed" })]),
    ]);
    expect(statements).toEqual([["1", "2", "3"]]);
    expect(effects).toEqual([["created", "duplicate"], ["duplicate"]]);
  });

  test("that come while a statement runs go out together with the next", async () => {
    const { statements, inner } = recorder();
    const writer = groupedWriter({ inner, mayBeOneRow, lanes: 1 });
    const first = writer.write([aRow("1")]);
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, writer.write([aRow("2")]), writer.write([aRow("3")])]);
    expect(statements).toEqual([["1"], ["2", "3"]]);
  });

  test("are written one by one when one of them is refused, and only that one is told so", async () => {
    const { inner } = recorder();
    const writer = groupedWriter({ inner, mayBeOneRow, lanes: 1 });
    const ends = await Promise.allSettled([
      writer.write([aRow("1")]),
      writer.write([aRow("2", { state: "bad" })]),
      writer.write([aRow("3")]),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("are all told when the database is away, without more statements", async () => {
    const { statements, inner } = recorder();
    const writer = groupedWriter({ inner, mayBeOneRow, lanes: 1 });
    const away = aRow("2", { state: "away" });
    const ends = await Promise.allSettled([writer.write([aRow("1")]), writer.write([away])]);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(statements).toHaveLength(1);
    expect(await writer.write([aRow("3")])).toEqual(["created"]);
  });
});

describe("a large batch", () => {
  const batch = Array.from({ length: 300 }, (_, i) =>
    aRow(String(i), { legId: i % 3, outcome: i % 7 === 0 ? "failed" : "ok" }),
  );

  test("is dealt out by leg, and its effects come back in its own order", async () => {
    const { statements, inner } = recorder();
    const effects = await groupedWriter({ inner, mayBeOneRow, lanes: 2 }).write(batch);
    expect(statements.map((ids) => new Set(ids.map((id) => (Number(id) % 3) % 2)).size)).toEqual([1, 1]);
    expect(effects).toEqual(batch.map(({ outcome }) => (outcome === "ok" ? "created" : "duplicate")));
  });

  test("never makes a statement larger than the limit together with others", async () => {
    const { statements, inner } = recorder();
    const writer = groupedWriter({ inner, mayBeOneRow, lanes: 1 });
    const large = (prefix: string) => Array.from({ length: 2_500 }, (_, i) => aRow(`${prefix}${i}`));
    await Promise.all([writer.write(large("a")), writer.write(large("b")), writer.write([aRow("c")])]);
    expect(statements.map(({ length }) => length)).toEqual([2_500, 2_501]);
  });
});
