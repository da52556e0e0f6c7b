import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import type { RunState } from "@/lib/core/replay/states";
import { draftReplay } from "@/lib/services/replays/draft-replay";
import { readReplay } from "@/lib/services/replays/read-replay";
import { resumeReplay } from "@/lib/services/replays/resume-replay";
import { startReplay } from "@/lib/services/replays/start-replay";
import { stopReplay } from "@/lib/services/replays/stop-replay";
import { submitReplay } from "@/lib/services/replays/submit-replay";
import type { addPerson } from "@/tests/support/people";
import { type Random, wholeBelow } from "@/tests/support/random";
import type { ReplayHospital } from "@/tests/support/replay-hospital";

type Person = Awaited<ReturnType<typeof addPerson>>;

const MESSAGES_A_RUN = 2;
const PATIENCE_MS = 300_000;

/**
 * Runs so many replays at once, each by a person with two tabs who clicks everything twice, and sends what was refused again.
 * Resolves when nothing of them is planned any more. Answers with how many clicks came too often.
 */
export async function runReplayBatch(batch: {
  readonly hospital: ReplayHospital;
  readonly person: Person;
  readonly count: number;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
}): Promise<number> {
  const { hospital, count, random } = batch;
  const perRun = Array.from({ length: count }, () =>
    Array.from({ length: MESSAGES_A_RUN }, () => {
      hospital.wait(50);
      return hospital.post();
    }),
  );
  hospital.wait(60_000);
  await hospital.read();
  let extra = 0;
  for (const messageIds of perRun) {
    const places = await Promise.all(messageIds.map((id) => hospital.place(id)));
    const run = new TwoTabs(batch.person, randomUUID(), batch.signal);
    await run.twice("draft", () =>
      draftReplay(run.actor(), { id: run.id, places: places.map(({ text }) => text) }),
    );
    await run.until(({ unchecked }) => unchecked === 0);
    await run.twice("submit", (version) => submitReplay(run.actor(), { ...terms, id: run.id, version }));
    await run.twice("start", (version) => startReplay(run.actor(), { id: run.id, version }));
    if (wholeBelow(random, 3) === 0) {
      await run.twice("stop", (version) => stopReplay(run.actor(), { id: run.id, version })).catch(isOver);
      await run
        .twice("resume", (version) => resumeReplay(run.actor(), { id: run.id, version }))
        .catch(isOver);
    }
    await run.until(({ state }) => state !== "drafted" && state !== "ready");
    await run.until(({ planned }) => planned === 0);
    extra += run.extra;
  }
  return extra;
}

const terms = { reason: "The receiver was down and is back", perMinute: 600, stopAfter: 100 };

/** It was done meanwhile. */
function isOver(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== "conflict") throw error;
}

type Seen = {
  readonly state: RunState;
  readonly version: number;
  readonly unchecked: number;
  readonly planned: number;
};

/** One person in two tabs on one replay. */
class TwoTabs {
  readonly id: string;
  extra = 0;
  private readonly person: Person;
  private readonly signal: AbortSignal | undefined;

  constructor(person: Person, id: string, signal: AbortSignal | undefined) {
    this.person = person;
    this.id = id;
    this.signal = signal;
  }

  /** Their second factor just proved. */
  actor(): Person {
    return { ...this.person, factorAt: new Date() };
  }

  /** A double click in each of two tabs, and once more as if the answer had been lost. */
  async twice(step: string, act: (version: number) => Promise<unknown>): Promise<void> {
    const version = step === "draft" ? 0 : (await this.see()).version;
    const clicks = await Promise.allSettled([act(version), act(version), act(version), act(version)]);
    clicks.push(...(await Promise.allSettled([act(version)])));
    this.extra += clicks.length - 1;
    const failed = clicks.filter((click) => click.status === "rejected");
    if (failed.length === clicks.length) throw failed[0]?.reason;
  }

  async see(): Promise<Seen> {
    const { run, items, dryRun } = await readReplay(this.actor(), { id: this.id });
    const planned = items.filter(({ state }) => state === "planned").length;
    return { state: run.state, version: run.version, unchecked: dryRun.unchecked, planned };
  }

  async until(isSo: (seen: Seen) => boolean): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS;
    while (!isSo(await this.see())) {
      this.signal?.throwIfAborted();
      if (performance.now() > endMs) throw new Error("waited too long for a replay");
      await sleep(20);
    }
  }
}
