import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connector } from "@/lib/connectors/connector";
import { connectors } from "@/lib/connectors/registry";
import { holdLease } from "@/lib/db/hold-lease";
import type { Lease } from "@/lib/db/leases";
import { type PolledSource, readPolledSources } from "@/lib/db/polled-sources";
import { logFor } from "@/lib/telemetry/log";
import { keepListening } from "./listener";
import { pollIoFor } from "./poll-io";
import { keepStream } from "./stream-loop";

type Running = { readonly version: string; readonly stop: AbortController; readonly done: Promise<void> };

/**
 * Reads every source that can be read, and opens the port of every one that sends here, each by one worker under a lease,
 * until `signal` aborts. A source that is paused, removed or changed is noticed within seconds. What fails is tried again;
 * never throws.
 */
export async function runSources(ask: {
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly holder?: string;
  /** The address that ports are opened on where a source names none. */
  readonly host?: string;
  /** Folders below which files may be read. */
  readonly fileRoots?: readonly string[];
}): Promise<void> {
  const { signal, now, holder = `collector-${randomUUID()}`, host = "127.0.0.1", fileRoots = [] } = ask;
  const running = new Map<number, Running>();
  while (!signal.aborted) {
    try {
      const wanted = await readPolledSources([...kept.keys()]);
      stopOthers(running, wanted);
      for (const source of wanted) {
        if (!running.has(source.id)) startSource({ source, running, signal, now, holder, host, fileRoots });
      }
    } catch (error) {
      log.warn("The list of sources could not be read.", { error });
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  for (const { stop } of running.values()) stop.abort();
  await Promise.all([...running.values()].map(({ done }) => done));
}

const log = logFor("ingest");

const LOOK_EVERY_MS = 2_000;

const kept: ReadonlyMap<string, Connector<unknown>> = new Map(
  connectors
    .filter(({ streams, listen }) => streams !== undefined || listen !== undefined)
    .map((connector) => [connector.kind, connector]),
);

/** Stops sources that are no longer wanted, or wanted otherwise; the latter start anew at the next look. */
function stopOthers(running: ReadonlyMap<number, Running>, wanted: readonly PolledSource[]): void {
  const versions = new Map(wanted.map((source) => [source.id, versionOf(source)]));
  for (const [id, { version, stop }] of running) {
    if (versions.get(id) !== version) stop.abort();
  }
}

type Starting = {
  readonly source: PolledSource;
  readonly running: Map<number, Running>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly holder: string;
  readonly host: string;
  readonly fileRoots: readonly string[];
};

function startSource(starting: Starting): void {
  const { source, running, signal, holder } = starting;
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener("abort", end, { once: true });
  const work = (held: { readonly lease: Lease; readonly signal: AbortSignal }) =>
    keepSource({ ...starting, ...held, lost: end });
  const done = holdLease({ name: `source:${source.id}`, holder, signal: stop.signal, work })
    .then((result) => {
      if (result === "lost") log.warn("A source went to another worker.", { sourceId: source.id });
    })
    .catch((error: unknown) => log.warn("A source could not be started.", { sourceId: source.id, error }))
    .finally(() => {
      signal.removeEventListener("abort", end);
      running.delete(source.id);
    });
  running.set(source.id, { version: versionOf(source), stop, done });
}

/** All streams of a source and its port side by side, until the signal aborts. */
async function keepSource(
  of: Pick<Starting, "source" | "now" | "host" | "fileRoots"> & {
    readonly lease: Lease;
    readonly signal: AbortSignal;
    readonly lost: () => void;
  },
): Promise<void> {
  const connector = kept.get(of.source.kind);
  if (connector === undefined) return;
  const { streams = [], listen } = connector;
  const task = { ...of, connector, io: pollIoFor(of.source, of) };
  const reading = streams.map((stream, index) => keepStream({ ...task, stream, isLeading: index === 0 }));
  const listening =
    listen === undefined ? [] : [keepListening({ ...task, listen, isLeading: streams.length === 0 })];
  await Promise.all([...reading, ...listening]);
}

/** Changes with anything that reading depends on. */
function versionOf(source: PolledSource): string {
  const secrets = source.secrets.map(({ name, bytes }) => [name, bytes.toString("base64")]);
  const text = JSON.stringify([source.config, secrets, source.mappings]);
  return createHash("sha256").update(text).digest("base64");
}
