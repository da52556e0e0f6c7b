import type { Connector, PollIo, Stream } from "@/lib/connectors/connector";
import { closeOutage } from "@/lib/db/source-outages";
import { noteAttempt, readStream, type StreamRow, saveCursor } from "@/lib/db/streams";
import { circuitState } from "./circuit";
import { storeBatch } from "./pipeline";
import {
  type KeptStream,
  keyOf,
  noteTimeNotKept,
  noteTrouble,
  pause,
  type Trouble,
  UNREACHABLE,
  waitAfterTrouble,
} from "./stream-trouble";

export type StreamTask = KeptStream & {
  readonly connector: Connector<unknown>;
  readonly stream: Stream<unknown>;
  readonly signal: AbortSignal;
  readonly io: (signal: AbortSignal) => PollIo;
};

/** Reads one stream at its pace until the signal aborts. Whatever fails is noted and tried again later; never throws. */
export async function keepStream(task: StreamTask): Promise<void> {
  while (!task.signal.aborted) {
    const startedAt = performance.now();
    const result = await tryOnce(task);
    const tookMs = performance.now() - startedAt;
    await pause(waitAfter(result, { everyMs: task.stream.everyMs, tookMs }), task.signal);
  }
}

/** With more to read a stream goes on almost at once. */
const BACKLOG_PAUSE_MS = 250;

type Result = { readonly kind: "read"; readonly backlog: number } | Trouble;

function waitAfter(result: Result, pace: { readonly everyMs: number; readonly tookMs: number }): number {
  if (result.kind !== "read") return waitAfterTrouble(result);
  return result.backlog > 0 ? BACKLOG_PAUSE_MS : Math.max(pace.everyMs - pace.tookMs, BACKLOG_PAUSE_MS);
}

async function tryOnce(task: StreamTask): Promise<Result> {
  let row: StreamRow | undefined;
  try {
    row = await readStream(keyOf(task));
    const isHalfOpen = row !== undefined && circuitState(row.circuit) !== "closed";
    await noteAttempt({ ...keyOf(task), at: task.now(), isHalfOpen });
    if (task.isLeading) await noteTimeNotKept(task, row);
    const backlog = await readPages(task, row?.cursor ?? null);
    return { kind: "read", backlog };
  } catch (error) {
    if (task.signal.aborted) return { kind: "read", backlog: 0 };
    return noteTrouble(task, { row, error });
  }
}

/** Page by page: understand, store, and only then move the cursor, fenced by the lease. Answers with the last backlog. */
async function readPages(task: StreamTask, cursor: unknown): Promise<number> {
  const { source, connector, stream, signal, lease } = task;
  let backlog = 0;
  for await (const page of stream.poll(source.config, task.io(signal), cursor)) {
    signal.throwIfAborted();
    const batch = connector.normalise(page.wire, source.config);
    await storeBatch({ sourceId: source.id, batch, now: task.now() });
    const { completeBackTo } = page;
    const at = task.now();
    const saved = { ...keyOf(task), lease, cursor: page.cursor, backlog: page.backlog, at, completeBackTo };
    if (!(await saveCursor(saved))) {
      task.lost();
      signal.throwIfAborted();
    }
    if (task.isLeading) await closeOutage({ sourceId: source.id, cause: UNREACHABLE, to: at });
    backlog = page.backlog ?? 0;
  }
  return backlog;
}
