import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterWindow, nextWindow, noteHighestId } from "@/lib/connectors/mirth/channel-progress";
import type { ChannelProgress } from "@/lib/connectors/mirth/message-cursor";
import { ackCodeOf, reasonOf } from "@/lib/connectors/mirth/reasons";
import { dueWindow, joined, MAX_RANGES, type Recheck } from "@/lib/connectors/mirth/rechecks";
import type { Message } from "@/lib/connectors/mirth/wire";

const fresh: ChannelProgress = {
  top: 0,
  unread: [],
  rechecks: [],
  sums: "",
  queued: 0,
  checkedAtMs: 0,
  width: 500,
};

function aMessage(messageId: number): Message {
  const row = {
    metaDataId: 0,
    receivedAtMs: messageId,
    status: "TRANSFORMED" as const,
    sendAttempts: 1,
    columns: {},
  };
  return { messageId, receivedAtMs: messageId, processed: true, rows: [row] };
}

/** Reads all that is unread from an engine that has these ids; answers with the ids read. */
function readAll(progress: ChannelProgress, has: ReadonlySet<number>) {
  const read: number[] = [];
  let state = progress;
  for (let calls = 0; calls < 10_000; calls += 1) {
    const window = nextWindow(state, false) ?? nextWindow(state, true);
    if (window === undefined) return { state, read };
    expect(window.to - window.from).toBeLessThan(state.width);
    const messages = [...has].filter((id) => id >= window.from && id <= window.to).map(aMessage);
    read.push(...messages.map(({ messageId }) => messageId));
    const below = [...has].filter((id) => id < window.from);
    const nextId = messages.length === 0 ? Math.max(0, ...below) : undefined;
    const after = { window, messages, nowMs: 0, depthMs: 0, ...(nextId === undefined ? {} : { nextId }) };
    state = afterWindow(state, after);
  }
  throw new Error("Reading does not end.");
}

describe("unread ids", () => {
  test("every id is read exactly once, whatever the steps in which the highest id rises and whatever is missing", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 });
    const width = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(steps, width, fc.array(fc.integer({ min: 1, max: 4_000 })), (rises, wide, missing) => {
        let progress: ChannelProgress = { ...fresh, width: wide };
        const read: number[] = [];
        let highest = 0;
        for (const [index, rise] of rises.entries()) {
          highest += rise;
          progress = noteHighestId(progress, { highest, isFirst: index === 0 });
          const gone = new Set(missing);
          const ids = Array.from({ length: highest }, (_, i) => i + 1).filter((id) => !gone.has(id));
          const done = readAll(progress, new Set(ids));
          read.push(...done.read);
          progress = done.state;
          expect([...read].sort((a, b) => a - b)).toEqual(ids);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("removed messages lower the highest id and nothing is read again", () => {
    const known = { ...fresh, top: 100 };
    const lower = noteHighestId(known, { highest: 60, isFirst: false });
    expect(lower.unread).toEqual([]);
    expect(noteHighestId(lower, { highest: 101, isFirst: false }).unread).toEqual([
      { from: 101, to: 101, isBackfill: false },
    ]);
  });
});

const aRecheck: fc.Arbitrary<Given> = fc.record({
  from: fc.integer({ min: 1, max: 5_000 }),
  length: fc.integer({ min: 0, max: 5 }),
  why: fc.constantFrom("open" as const, "gap" as const, "unexplained" as const),
  legs: fc.option(fc.constantFrom([1], [2], [1, 2]), { nil: undefined }),
  dueMs: fc.integer({ min: 0, max: 300_000 }),
});

function toRecheck({ from, length, why, legs, dueMs }: Given): Recheck {
  return { from, to: from + length, why, dueMs, ...(legs === undefined ? {} : { legs }) };
}

type Given = {
  readonly from: number;
  readonly length: number;
  readonly why: "open" | "gap" | "unexplained";
  readonly legs: number[] | undefined;
  readonly dueMs: number;
};

/** Every id with every row it asks for. */
function asked(rechecks: readonly Recheck[]): ReadonlySet<string> {
  return new Set(
    rechecks.flatMap(({ from, to, why, legs }) =>
      Array.from({ length: to - from + 1 }, (_, i) => `${from + i}/${why}/${legs?.join(",") ?? "all"}`),
    ),
  );
}

describe("rechecks", () => {
  test("joined ask for everything they asked for before, and for nothing more while they are few", () => {
    fc.assert(
      fc.property(fc.array(aRecheck, { maxLength: 200 }), (given) => {
        const rechecks = given.map(toRecheck);
        expect(asked(joined(rechecks))).toEqual(asked(rechecks));
      }),
      { numRuns: 100 },
    );
  });

  test("beyond the limit they become few, and still ask for everything", () => {
    const many = Array.from({ length: 5_000 }, (_, i): Recheck => {
      return { from: 3 * i + 1, to: 3 * i + 1, why: "open", legs: [2], dueMs: i * 70_000 };
    });
    const few = joined(many);
    expect(few.length).toBeLessThanOrEqual(MAX_RANGES);
    const kept = asked(few);
    expect([...asked(many)].every((one) => kept.has(one))).toBe(true);
  });

  test("every due one is served in windows no wider than asked, and nothing is forgotten", () => {
    fc.assert(
      fc.property(fc.array(aRecheck, { maxLength: 60 }), fc.integer({ min: 6, max: 500 }), (given, width) => {
        const nowMs = 150_000;
        const all = joined(given.map(toRecheck));
        const due = asked(all.filter(({ dueMs }) => dueMs <= nowMs));
        let rest = all;
        const served = new Set<string>();
        for (let round = 0; round < 1_000; round += 1) {
          const found = dueWindow(rest, { nowMs, width, canExplain: true });
          if (found === undefined) break;
          expect(found.window.to - found.window.from).toBeLessThan(width);
          for (const one of asked(found.served)) served.add(one);
          rest = found.rest;
        }
        expect([...due].every((one) => served.has(one))).toBe(true);
        expect(rest.every(({ dueMs }) => dueMs > nowMs)).toBe(true);
        expect(asked(all)).toEqual(new Set([...served, ...asked(rest)]));
      }),
      { numRuns: 100 },
    );
  });

  test("failures wait while there is no budget to explain them", () => {
    const waiting: Recheck = { from: 1, to: 1, why: "unexplained", legs: [1], dueMs: 0 };
    expect(dueWindow([waiting], { nowMs: 1, width: 500, canExplain: false })).toBeUndefined();
    expect(dueWindow([waiting], { nowMs: 1, width: 500, canExplain: true })?.served).toEqual([waiting]);
  });
});

describe("reasons", () => {
  const facts = { errorText: "", responseText: "", httpStatus: undefined, isPartner: true };

  test.each([
    ["TCP Sender error\nERROR MESSAGE: x\njava.net.ConnectException: Connection refused", "connect_refused"],
    ["HTTP Sender error\nERROR MESSAGE: x\njava.net.UnknownHostException: ris", "dns"],
    ["HTTP Sender error\nERROR MESSAGE: x\njavax.net.ssl.SSLHandshakeException: PKIX path", "tls"],
    [
      "HTTP Sender error\nERROR MESSAGE: x\norg.apache.http.conn.ConnectTimeoutException: y",
      "connect_timeout",
    ],
    ["TCP Sender error\nERROR MESSAGE: Timeout waiting for response", "ack_timeout"],
    ["Transformer error\nSOURCE CODE:\n12: if (x == 'Connection refused') Timeout", "transform_error"],
    ["Filter error\nERROR MESSAGE: Error evaluating filter", "filter_error"],
    ["something nobody has seen", "other"],
  ])("%j is %s", (errorText, reason) => {
    expect(reasonOf({ ...facts, errorText })).toBe(reason);
  });

  test.each([
    ["AE", "nack_ae"],
    ["AR", "nack_ar"],
    ["CE", "commit_ce"],
    ["CR", "commit_cr"],
  ] as const)("a partner's %s comes before any words", (code, reason) => {
    const responseText = `MSH|^~\\&|A|B\rMSA|${code}|X`;
    expect(reasonOf({ ...facts, responseText, errorText: "Connection refused" })).toBe(reason);
  });

  test("at a source the acknowledgement is the engine's own and explains nothing", () => {
    const responseText = "MSH|^~\\&|A|B\rMSA|AE|X";
    expect(reasonOf({ ...facts, responseText, isPartner: false, errorText: "Filter error" })).toBe(
      "filter_error",
    );
  });

  test("MSA-1 is found at the start of a segment only", () => {
    expect(ackCodeOf("MSH|x\rMSA|AA|1")).toBe("AA");
    expect(ackCodeOf("MSA|CR|1")).toBe("CR");
    expect(ackCodeOf("OBX|1|TX|MSA|AE|1")).toBeUndefined();
    expect(ackCodeOf("MSA|XX|1")).toBeUndefined();
  });
});
