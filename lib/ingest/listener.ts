import type { Connector, ListenIo, PollIo } from "@/lib/connectors/connector";
import { listenStream } from "@/lib/core/source/health";
import { closeOutage } from "@/lib/db/source-outages";
import { noteAttempt, readStream, type StreamRow, saveCursor } from "@/lib/db/streams";
import { logFor } from "@/lib/telemetry/log";
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
import { submitTogether } from "./submit-together";

export type ListenTask = Omit<KeptStream, "stream"> & {
  readonly connector: Connector<unknown>;
  readonly listen: NonNullable<Connector<unknown>["listen"]>;
  readonly signal: AbortSignal;
  readonly io: (signal: AbortSignal) => PollIo;
  /** The address to listen on where the source names none. */
  readonly host: string;
};

/** Keeps the port of a source open until the signal aborts; one that cannot be opened is tried again. Never throws. */
export async function keepListening(task: ListenTask): Promise<void> {
  while (!task.signal.aborted) {
    const trouble = await tryOnce({ ...task, stream: listenStream });
    if (trouble !== undefined) await pause(waitAfterTrouble(trouble), task.signal);
  }
}

const log = logFor("ingest");

type Listening = ListenTask & KeptStream;

async function tryOnce(task: Listening): Promise<Trouble | undefined> {
  let row: StreamRow | undefined;
  try {
    row = await readStream(keyOf(task));
    const isHalfOpen = row !== undefined && circuitState(row.circuit) !== "closed";
    await noteAttempt({ ...keyOf(task), at: task.now(), isHalfOpen });
    if (task.isLeading) await noteTimeNotKept(task, row);
    await listenOnce(task);
    return undefined;
  } catch (error) {
    if (task.signal.aborted) return undefined;
    return noteTrouble(task, { row, error });
  }
}

/** Listens, and notes again and again that the port is open. */
async function listenOnce(task: Listening): Promise<void> {
  const { source, connector, signal } = task;
  const closed = new AbortController();
  const { now, log: tell, secret } = task.io(signal);
  const together = submitTogether({
    store: (batch) => storeBatch({ sourceId: source.id, batch, now: now() }),
  });
  let signs: Promise<void> | undefined;
  const io: ListenIo = {
    signal,
    now,
    log: tell,
    secret,
    host: task.host,
    ready: ({ port }) => {
      tell("A source listens.", { port });
      signs ??= giveSigns(task, AbortSignal.any([signal, closed.signal]));
    },
    submit: async (wire) => together(connector.normalise(wire, source.config)),
  };
  try {
    await task.listen(source.config, io);
  } finally {
    closed.abort();
    await signs;
  }
}

/** Never throws: a database that is away takes the lease with it, and that closes the port. */
async function giveSigns(task: Listening, signal: AbortSignal): Promise<void> {
  const { source, lease, isLeading } = task;
  while (!signal.aborted) {
    const at = task.now();
    const sign = { cursor: null, backlog: undefined, completeBackTo: undefined };
    try {
      if (!(await saveCursor({ ...keyOf(task), ...sign, lease, at }))) task.lost();
      else if (isLeading) await closeOutage({ sourceId: source.id, cause: UNREACHABLE, to: at });
    } catch (error) {
      log.warn("That a source listens could not be noted.", { sourceId: source.id, error });
    }
    await pause(task.stream.everyMs, signal);
  }
}
