import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { isDatabaseAway } from "@/lib/db/is-database-away";
import type { Lease } from "@/lib/db/leases";
import type { PolledSource } from "@/lib/db/polled-sources";
import { addOutage, openOutage } from "@/lib/db/source-outages";
import { noteFailure, type StreamRow } from "@/lib/db/streams";
import { logFor } from "@/lib/telemetry/log";
import { afterFailure, type Circuit, circuitState, OPEN_AFTER, retryDelayMs } from "./circuit";

/** One stream of a source that is read, or its port that is kept open, under the source's lease. */
export type KeptStream = {
  readonly source: PolledSource;
  readonly stream: { readonly name: string; readonly everyMs: number };
  /** The first stream of a source tells whether the source can be seen at all. */
  readonly isLeading: boolean;
  readonly lease: Lease;
  readonly now: () => Date;
  /** Called when the lease went to another worker. */
  readonly lost: () => void;
};

/** The cause of an outage during which a source could not be reached. */
export const UNREACHABLE = "source_unreachable";

/** How a try failed: by the source, or because our own database is away, for which the source is not to blame. */
export type Trouble = { readonly kind: "failed"; readonly circuit: Circuit } | { readonly kind: "database" };

/** Milliseconds until the next try. */
export function waitAfterTrouble(trouble: Trouble): number {
  return trouble.kind === "failed" ? retryDelayMs(trouble.circuit, Math.random()) : DATABASE_PAUSE_MS;
}

/** Notes a failed try with its cause, once in the log when it begins and once when it lasts. Never throws. */
export async function noteTrouble(
  task: KeptStream,
  trouble: { readonly row: StreamRow | undefined; readonly error: unknown },
): Promise<Trouble> {
  const { row, error } = trouble;
  const facts = { sourceId: task.source.id, stream: task.stream.name };
  if (!isOfSource(error) && isDatabaseAway(error)) {
    log.warn("The database cannot be reached; the stream is tried again.", { ...facts, error });
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

/** After a stop of ours the time since the last reading is as unknown as an outage of the engine. */
export async function noteTimeNotKept(task: KeptStream, row: StreamRow | undefined): Promise<void> {
  const from = row?.lastSuccessAt;
  if (from === undefined || (row?.failures ?? 0) > 0) return;
  const to = task.now();
  if (to.getTime() - from.getTime() < 4 * task.stream.everyMs) return;
  await addOutage({ sourceId: task.source.id, cause: NOT_POLLED, from, to });
}

export function keyOf(task: KeptStream): { readonly sourceId: number; readonly stream: string } {
  return { sourceId: task.source.id, stream: task.stream.name };
}

/** Resolves early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

const log = logFor("ingest");

const DATABASE_PAUSE_MS = 2_000;
const NOT_POLLED = "not_polled";

/** Once when it begins and once when it lasts: an engine that is off for a night must not fill the log. */
function logFailure(
  facts: { readonly failures: number; readonly errorCode: string } & Record<string, unknown>,
  error: unknown,
): void {
  const isTold = facts.failures === 1 || facts.failures === OPEN_AFTER;
  const write = isTold ? log.warn : log.debug;
  write("A source could not be read.", isOfSource(error) ? facts : { ...facts, error });
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
