import { availableParallelism } from "node:os";
import type { DeliveryRow, DeliveryWriter, RowEffect } from "./delivery-row";

/** Rows of one statement. More would save little, and hold the locks of busy minutes for longer. */
const MAX_ROWS = 4_000;
/** Batches up to this size are not split: two small statements cost more than one. */
const MAX_UNSPLIT_ROWS = 200;
const MAX_LANES = 4;

/**
 * Writes what many callers bring at the same time with few statements: while a statement runs, what arrives waits and
 * goes out together (group commit). Legs are dealt out to lanes, one statement at a time each, so that statements of
 * this process never wait for each other's minutes. Every caller is told about its own rows, after their COMMIT.
 * `mayBeOneRow` tells errors that one caller's data can cause: then each caller is written by itself.
 */
export function groupedWriter(ask: {
  readonly inner: DeliveryWriter;
  readonly mayBeOneRow: (error: unknown) => boolean;
  readonly lanes?: number;
}): DeliveryWriter {
  const lanes = Array.from({ length: ask.lanes ?? Math.min(availableParallelism(), MAX_LANES) }, () =>
    openLane(ask),
  );
  return {
    write: async (rows) => {
      const effects: RowEffect[] = new Array<RowEffect>(rows.length).fill("created");
      const parts = deal(rows, lanes);
      await Promise.all(
        parts.map(async ({ lane, part, places }) => {
          const found = await lane.write(part);
          found.forEach((effect, i) => {
            effects[places?.[i] ?? i] = effect;
          });
        }),
      );
      return effects;
    },
  };
}

type Lane = DeliveryWriter & { readonly waitingRows: () => number };

type Part = {
  readonly lane: Lane;
  readonly part: readonly DeliveryRow[];
  /** Where each row of the part stands in the batch; absent where the part is the batch. */
  readonly places?: readonly number[];
};

function deal(rows: readonly DeliveryRow[], lanes: readonly Lane[]): readonly Part[] {
  if (rows.length <= MAX_UNSPLIT_ROWS || lanes.length === 1) {
    const idlest = lanes.reduce((best, lane) => (lane.waitingRows() < best.waitingRows() ? lane : best));
    return [{ lane: idlest, part: rows }];
  }
  return lanes.flatMap((lane, n) => {
    const part: DeliveryRow[] = [];
    const places: number[] = [];
    rows.forEach((row, place) => {
      if (row.legId % lanes.length !== n) return;
      part.push(row);
      places.push(place);
    });
    return part.length === 0 ? [] : [{ lane, part, places }];
  });
}

type Waiting = {
  readonly rows: readonly DeliveryRow[];
  readonly resolve: (effects: readonly RowEffect[]) => void;
  readonly reject: (error: unknown) => void;
};

function openLane(ask: {
  readonly inner: DeliveryWriter;
  readonly mayBeOneRow: (error: unknown) => boolean;
}): Lane {
  const queue: Waiting[] = [];
  let isRunning = false;
  const run = async () => {
    isRunning = true;
    while (queue.length > 0) await writeTogether(takeFrom(queue), ask);
    isRunning = false;
  };
  return {
    waitingRows: () => queue.reduce((sum, { rows }) => sum + rows.length, isRunning ? MAX_ROWS : 0),
    write: (rows) =>
      new Promise((resolve, reject) => {
        queue.push({ rows, resolve, reject });
        // A turn later: what arrives with the same read of a socket goes out together.
        if (!isRunning) {
          isRunning = true;
          setImmediate(() => void run());
        }
      }),
  };
}

function takeFrom(queue: Waiting[]): readonly Waiting[] {
  let count = 0;
  let size = 0;
  for (const { rows } of queue) {
    if (count > 0 && size + rows.length > MAX_ROWS) break;
    count++;
    size += rows.length;
  }
  return queue.splice(0, count);
}

/** Never throws: callers are told. */
async function writeTogether(
  callers: readonly Waiting[],
  ask: { readonly inner: DeliveryWriter; readonly mayBeOneRow: (error: unknown) => boolean },
): Promise<void> {
  try {
    const effects = await ask.inner.write(callers.flatMap(({ rows }) => rows));
    let from = 0;
    for (const { rows, resolve } of callers) {
      resolve(effects.slice(from, from + rows.length));
      from += rows.length;
    }
  } catch (error) {
    const isWorthTrying = callers.length > 1 && ask.mayBeOneRow(error);
    for (const caller of callers) {
      if (isWorthTrying) await writeTogether([caller], ask);
      else caller.reject(error);
    }
  }
}
