import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "@/lib/config/env";
import { type DemoPolledSource, readDemoSources, readDemoState } from "@/lib/db/demo";
import { openDemoEngine } from "@/lib/db/demo-hospital";
import { holdLease } from "@/lib/db/hold-lease";
import { clearDemo, demoLease } from "@/lib/services/demo/clear-demo";
import type { Engine } from "../engine/start-engine";
import { type HistoryFill, openHistory } from "../history/fill-history";
import type { HistoryPart } from "../history/past-calendar";
import type { Hospital } from "../hospital/hospital";
import { startLiveEngine } from "./live-engine";
import { runPusher } from "./pusher";

const lookEveryMs = 2_000;

export type DemoRun = {
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  /** Names this process among those that could run the demo. */
  readonly holder?: string;
  /** Told of what failed and will be tried again. */
  readonly onProblem?: (error: unknown) => void;
  /** Other parts than the whole past, for who needs only some of it. */
  readonly parts?: readonly HistoryPart[];
};

/**
 * Runs the demo hospital while there is one: makes its past, keeps its engine and its pushing feeds in traffic, and
 * finishes a removal that was interrupted. One process does so at a time. Resolves when the signal aborts.
 */
export async function runDemo(run: DemoRun): Promise<void> {
  const { signal, holder = `demo-${randomUUID()}`, onProblem = () => undefined } = run;
  while (!signal.aborted) {
    try {
      const state = await readDemoState();
      if (state?.phase === "removing") await clearDemo();
      else if (state !== undefined) {
        await holdLease({
          name: demoLease,
          holder,
          signal,
          work: (held) => runHospital({ ...run, onProblem, signal: held.signal }),
        });
      }
    } catch (error) {
      if (!signal.aborted) onProblem(error);
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

type HospitalRun = DemoRun & { readonly onProblem: (error: unknown) => void };

/** The newest part of the past comes first, so that traffic joins it; the rest is made while traffic runs. */
async function runHospital(run: HospitalRun): Promise<void> {
  const { signal, now = () => new Date(), onProblem, parts } = run;
  const state = await readDemoState();
  const sources = await readDemoSources();
  const engineSource = sources.find(({ kind }) => kind === "mirth");
  const pushSource = sources.find(({ kind }) => kind === "push");
  if (state === undefined || engineSource === undefined || pushSource === undefined) return;
  const ended = new AbortController();
  const running = AbortSignal.any([signal, ended.signal]);
  const history = await openHistory({
    state,
    sources: { engine: engineSource.id, push: pushSource.id },
    ...(parts && { parts }),
  });
  const isFirstRun = state.partsDone === 0;
  if (isFirstRun) await history.fillNext();
  const engine = await openEngine({ hospital: history.hospital, source: engineSource, now, isFirstRun });
  try {
    await Promise.all([
      fillRest(history, running),
      runPusher({
        hospital: history.hospital,
        sourceId: pushSource.id,
        ingestUrl: ownIngestUrl(),
        signal: running,
        now,
        onProblem,
      }),
      watchForEnd(running, ended),
    ]);
  } finally {
    ended.abort();
    await engine.stop();
  }
}

/** The product's own ingest port, from the same machine. */
function ownIngestUrl(): string {
  const { host, ingestPort, tls } = env();
  const isEverywhere = host === "0.0.0.0" || host === "::";
  return `${tls === undefined ? "http" : "https"}://${isEverywhere ? "127.0.0.1" : host}:${ingestPort}/api/v1/ingest`;
}

async function fillRest(history: HistoryFill, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await history.fillNext()));
}

/** Aborts once the demo is removed. */
async function watchForEnd(signal: AbortSignal, ended: AbortController): Promise<void> {
  while (!signal.aborted) {
    const state = await readDemoState();
    if (state === undefined || state.phase === "removing") ended.abort();
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Listens where the source is configured to be read; when that port is taken, elsewhere, and says so there. */
async function openEngine(ask: {
  readonly hospital: Hospital;
  readonly source: DemoPolledSource;
  readonly now: () => Date;
  readonly isFirstRun: boolean;
}): Promise<Engine> {
  const { source, ...live } = ask;
  const port = Number(new URL(source.url ?? "http://127.0.0.1:0").port);
  const engine = await startLiveEngine({ ...live, port }).catch(() => startLiveEngine({ ...live, port: 0 }));
  await openDemoEngine(source.id, engine.url);
  return engine;
}
