import { expect, test } from "vitest";
import type { NormalisedBatch, Reject, Sample } from "@/lib/core/message/schema";
import type { StoreResult } from "@/lib/ingest/pipeline";
import { submitTogether } from "@/lib/ingest/submit-together";

const at = new Date("2026-11-24T10:00:00Z");

function aGauge(value: number): Sample {
  return { kind: "gauge", metric: "depth", at, value };
}

const aReject: Reject = { reason: "unparseable", detail: "no header", contentKind: "hl7", payload: "x" };

function aBatch(values: readonly number[], rejects: readonly Reject[] = []): NormalisedBatch {
  return { items: values.map(aGauge), rejects };
}

/** Stores nothing; a value over 99 is a duplicate, so that results can be told apart. */
function store(batches: NormalisedBatch[]): (batch: NormalisedBatch) => Promise<StoreResult> {
  return async (batch) => {
    batches.push(batch);
    return {
      items: batch.items.map((item, index) => ({
        index,
        status: item.kind === "gauge" && Number(item.value) > 99 ? "duplicate" : "created",
      })),
      rejected: batch.rejects.map(({ reason, detail }, index) => ({
        index,
        reason,
        detail,
        deadLetterId: `letter ${index}`,
      })),
    };
  };
}

test("what comes at once is stored in one batch, and each caller is told about its own", async () => {
  const batches: NormalisedBatch[] = [];
  const submit = submitTogether({ store: store(batches) });
  const results = await Promise.all([
    submit(aBatch([1, 200])),
    submit(aBatch([], [aReject])),
    submit(aBatch([300], [aReject])),
  ]);
  expect(batches).toHaveLength(1);
  expect(results.map(({ items }) => items)).toEqual([
    [
      { index: 0, status: "created" },
      { index: 1, status: "duplicate" },
    ],
    [],
    [{ index: 0, status: "duplicate" }],
  ]);
  expect(
    results.map(({ rejected }) => rejected.map(({ index, deadLetterId }) => [index, deadLetterId])),
  ).toEqual([[], [[0, "letter 0"]], [[0, "letter 1"]]]);
});

test("what comes while a batch is stored goes out together after it", async () => {
  const batches: NormalisedBatch[] = [];
  const inner = store(batches);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const submit = submitTogether({
    store: async (batch) => {
      if (batches.length === 0) await held;
      return inner(batch);
    },
  });
  const first = submit(aBatch([1]));
  await new Promise(setImmediate);
  const rest = [submit(aBatch([2])), submit(aBatch([3]))];
  release();
  await Promise.all([first, ...rest]);
  expect(batches.map(({ items }) => items.length)).toEqual([1, 2]);
});

test("a store that fails is told to all that waited for it, and the next are stored", async () => {
  let isDown = true;
  const batches: NormalisedBatch[] = [];
  const inner = store(batches);
  const submit = submitTogether({
    store: (batch) => (isDown ? Promise.reject(new Error("away")) : inner(batch)),
  });
  const results = await Promise.allSettled([submit(aBatch([1])), submit(aBatch([2]))]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isDown = false;
  await expect(submit(aBatch([3]))).resolves.toMatchObject({ items: [{ status: "created" }] });
});

test("a value that the database refuses is told to its own caller alone", async () => {
  const inner = store([]);
  const refused = Object.assign(new Error("refused"), { code: "22003" });
  const submit = submitTogether({
    store: (batch) =>
      batch.items.some((item) => item.kind === "gauge" && item.value === 7)
        ? Promise.reject(refused)
        : inner(batch),
  });
  const results = await Promise.allSettled([submit(aBatch([1])), submit(aBatch([7])), submit(aBatch([2]))]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("more than may wait is refused at once, and what waits is not", async () => {
  const submit = submitTogether({ store: store([]), maxWaiting: 3 });
  const [first, second, third] = [submit(aBatch([1, 2])), submit(aBatch([3, 4])), submit(aBatch([5]))];
  await expect(second).rejects.toMatchObject({ code: "overloaded" });
  await expect(first).resolves.toBeDefined();
  await expect(third).resolves.toBeDefined();
});

test("one batch larger than may wait is stored when nothing else waits", async () => {
  const submit = submitTogether({ store: store([]), maxWaiting: 1 });
  await expect(submit(aBatch([1, 2, 3]))).resolves.toMatchObject({ items: { length: 3 } });
});
