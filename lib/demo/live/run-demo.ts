import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "@/lib/config/env";
import { readDemoState } from "@/lib/db/demo";
import { holdLease } from "@/lib/db/hold-lease";
import { clearDemo, demoLease } from "@/lib/services/demo/clear-demo";
import { findDemoSources } from "../demo-sources";
import { type HistoryFill, openHistory } from "../history/fill-history";
import type { HistoryPart } from "../history/past-calendar";
import { pastExams } from "../history/past-exams";
import { openSystems } from "./open-systems";
import { runPusher } from "./pusher";
import { runFeeds } from "./run-feeds";

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
 * Runs the demo hospital while there is one: makes its past, keeps its systems and feeds in traffic, and
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
  const sources = await findDemoSources();
  if (state === undefined || sources === undefined) return;
  const ended = new AbortController();
  const running = AbortSignal.any([signal, ended.signal]);
  const history = await openHistory({
    state,
    sources: { engine: sources.mirth.id, push: sources.push.id },
    told: (hospital) => pastExams(hospital, sources),
    ...(parts && { parts }),
  });
  const isFirstRun = state.partsDone === 0;
  if (isFirstRun) await history.fillNext();
  const { hospital } = history;
  const systems = await openSystems({ hospital, sources, now, isFirstRun });
  const traffic = { hospital, signal: running, now, onProblem };
  try {
    await Promise.all([
      fillRest(history, running),
      runPusher({ ...traffic, sourceId: sources.push.id, ingestUrl: ownIngestUrl() }),
      runFeeds({ ...traffic, ...systems }),
      watchForEnd(running, ended),
    ]);
  } finally {
    ended.abort();
    await systems.stop();
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
