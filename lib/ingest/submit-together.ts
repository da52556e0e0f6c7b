import { AppError } from "@/lib/core/errors";
import type { NormalisedBatch } from "@/lib/core/message/schema";
import { isRefusedValue } from "@/lib/db/is-refused-value";
import type { StoreResult } from "./pipeline";

/** Items and rejects of one batch that goes to the store. */
const MAX_TOGETHER = 4_000;
/** What may wait at once; beyond it the sender keeps what it has. */
const MAX_WAITING = 20_000;

/**
 * Stores what many callers bring at the same time in few batches: while one is stored, what arrives waits and goes out
 * together. Every caller is told about its own, after COMMIT; where the store fails, all of the batch are told. What a
 * single caller's data can cause is told to that one alone.
 */
export function submitTogether(ask: {
  readonly store: (batch: NormalisedBatch) => Promise<StoreResult>;
  readonly maxWaiting?: number;
}): (batch: NormalisedBatch) => Promise<StoreResult> {
  const queue: Waiting[] = [];
  let waiting = 0;
  let isRunning = false;
  const run = async () => {
    while (queue.length > 0) {
      const callers = takeFrom(queue);
      waiting -= callers.reduce((sum, { batch }) => sum + sizeOf(batch), 0);
      await storeTogether(callers, ask.store);
    }
    isRunning = false;
  };
  return (batch) => {
    if (waiting > 0 && waiting + sizeOf(batch) > (ask.maxWaiting ?? MAX_WAITING)) {
      return Promise.reject(
        new AppError("overloaded", "More is waiting to be stored than is kept in memory."),
      );
    }
    return new Promise((resolve, reject) => {
      queue.push({ batch, resolve, reject });
      waiting += sizeOf(batch);
      if (isRunning) return;
      isRunning = true;
      // A turn later: what arrives with the same read of a socket goes out together.
      setImmediate(() => void run());
    });
  };
}

type Waiting = {
  readonly batch: NormalisedBatch;
  readonly resolve: (result: StoreResult) => void;
  readonly reject: (error: unknown) => void;
};

function sizeOf({ items, rejects }: NormalisedBatch): number {
  return items.length + rejects.length;
}

function takeFrom(queue: Waiting[]): readonly Waiting[] {
  let count = 0;
  let size = 0;
  for (const { batch } of queue) {
    if (count > 0 && size + sizeOf(batch) > MAX_TOGETHER) break;
    count += 1;
    size += sizeOf(batch);
  }
  return queue.splice(0, count);
}

/** Never throws: callers are told. */
async function storeTogether(
  callers: readonly Waiting[],
  store: (batch: NormalisedBatch) => Promise<StoreResult>,
): Promise<void> {
  try {
    const result = await store({
      items: callers.flatMap(({ batch }) => batch.items),
      rejects: callers.flatMap(({ batch }) => batch.rejects),
    });
    let item = 0;
    let reject = 0;
    for (const { batch, resolve } of callers) {
      resolve(part(result, { item, reject, batch }));
      item += batch.items.length;
      reject += batch.rejects.length;
    }
  } catch (error) {
    const isWorthTrying = callers.length > 1 && isRefusedValue(error);
    for (const caller of callers) {
      if (isWorthTrying) await storeTogether([caller], store);
      else caller.reject(error);
    }
  }
}

/** The results of one caller, numbered as it gave them. */
function part(
  { items, rejected }: StoreResult,
  from: { readonly item: number; readonly reject: number; readonly batch: NormalisedBatch },
): StoreResult {
  return {
    items: items
      .slice(from.item, from.item + from.batch.items.length)
      .map((result) => ({ ...result, index: result.index - from.item })),
    rejected: rejected
      .slice(from.reject, from.reject + from.batch.rejects.length)
      .map((result) => ({ ...result, index: result.index - from.reject })),
  };
}
