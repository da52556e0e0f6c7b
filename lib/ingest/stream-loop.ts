import { setTimeout as sleep } from "node:timers/promises";
import type { Connector, PollIo, Stream } from "@/lib/connectors/connector";
import { AppError } from "@/lib/core/errors";
import { isDatabaseAway } from "@/lib/db/is-database-away";
import type { Lease } from "@/lib/db/leases";
import type { PolledSource } from "@/lib/db/polled-sources";
import { addOutage, closeOutage, openOutage } from "@/lib/db/source-outages";
import { noteAttempt, noteFailure, readStream, type StreamRow, saveCursor } from "@/lib/db/streams";
import { logFor } from "@/lib/telemetry/log";
import { afterFailure, type Circuit, circuitState, OPEN_AFTER, retryDelayMs } from "./circuit";
import { storeBatch } from "./pipeline";

export type StreamTask = {
  readonly source: PolledSource;
  readonly connector: Connector<unknown>;
  readonly stream: Stream<unknown>;
  /** The first stream of a source tells whether the source can be seen at all. */
  readonly isLeading: boolean;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly io: (signal: AbortSignal) => PollIo;
  readonly now: () => Date;
  /** Called when the lease went to another worker. */
  readonly lost: () => void;
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

const log = logFor("ingest");

/** With more to read a stream goes on almost at once. */
const BACKLOG_PAUSE_MS = 250;
/** The source is not to blame when our own database is away. */
const DATABASE_PAUSE_MS = 2_000;
const UNREACHABLE = "source_unreachable";
const NOT_POLLED = "not_polled";

type Result =
  | { readonly kind: "read"; readonly backlog: number }
  | { readonly kind: "failed"; readonly circuit: Circuit }
  | { readonly kind: "database" };

function waitAfter(result: Result, pace: { readonly everyMs: number; readonly tookMs: number }): number {
  switch (result.kind) {
    case "read":
      return result.backlog > 0 ? BACKLOG_PAUSE_MS : Math.max(pace.everyMs - pace.tookMs, BACKLOG_PAUSE_MS);
    case "failed":
      return retryDelayMs(result.circuit, Math.random());
    case "database":
      return DATABASE_PAUSE_MS;
  }
}

async function tryOnce(task: StreamTask): Promise<Result> {
  let row: StreamRow | undefined;
  try {
    row = await readStream(keyOf(task));
    const isHalfOpen = row !== undefined && circuitState(row.circuit) !== "closed";
    await noteAttempt({ ...keyOf(task), at: task.now(), isHalfOpen });
    if (task.isLeading) await noteTimeNotPolled(task, row);
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

async function noteTrouble(
  task: StreamTask,
  trouble: { readonly row: StreamRow | undefined; readonly error: unknown },
): Promise<Result> {
  const { row, error } = trouble;
  const facts = { sourceId: task.source.id, stream: task.stream.name };
  if (!isOfSource(error) && isDatabaseAway(error)) {
    log.warn("A page could not be stored; it is read again.", { ...facts, error });
    return { kind: "database" };
  }
  const before = { failures: row?.failures ?? 0, state: circuitState(row?.circuit ?? "closed") };
  const circuit = afterFailure(before);
  const errorCode = errorCodeOf(error);
  logFailure({ ...facts, errorCode, failures: circuit.failures }, error);
  try {
    await noteFailure({ ...keyOf(task), failures: circuit.failures, circuit: circuit.state, errorCode });
    if (task.isLeading) {
      const from = row?.lastSuccessAt ?? task.now();
      await openOutage({ sourceId: task.source.id, cause: UNREACHABLE, from });
    }
  } catch (noteError) {
    log.warn("The trouble of a source could not be noted.", { ...facts, error: noteError });
  }
  return { kind: "failed", circuit };
}

/** Once when it begins and once when it lasts: an engine that is off for a night must not fill the log. */
function logFailure(
  facts: { readonly failures: number; readonly errorCode: string } & Record<string, unknown>,
  error: unknown,
): void {
  const isTold = facts.failures === 1 || facts.failures === OPEN_AFTER;
  const write = isTold ? log.warn : log.debug;
  write("A source could not be read.", isOfSource(error) ? facts : { ...facts, error });
}

/** After a stop of ours the time since the last reading is as unknown as an outage of the engine. */
async function noteTimeNotPolled(task: StreamTask, row: StreamRow | undefined): Promise<void> {
  const from = row?.lastSuccessAt;
  if (from === undefined || (row?.failures ?? 0) > 0) return;
  const to = task.now();
  if (to.getTime() - from.getTime() < 4 * task.stream.everyMs) return;
  await addOutage({ sourceId: task.source.id, cause: NOT_POLLED, from, to });
}

/** Socket errors of the client look like those of a database that is away, but come wrapped. */
function isOfSource(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith("source_");
}

function errorCodeOf(error: unknown): string {
  if (!(error instanceof AppError)) return "internal";
  const { kind } = error.info;
  return typeof kind === "string" ? `${error.code}:${kind}` : error.code;
}

function keyOf(task: StreamTask): { readonly sourceId: number; readonly stream: string } {
  return { sourceId: task.source.id, stream: task.stream.name };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}
