import { nextItem, type Ordered } from "./order";

export const stopCauses = ["person", "failures", "unclear", "switched_off"] as const;
export type StopCause = (typeof stopCauses)[number];

export const stopTexts: Readonly<Record<StopCause, string>> = {
  person: "Stopped by a person.",
  failures: "Stopped by itself: too many in a row failed, or nobody knows whether they were sent.",
  unclear: "Stopped by itself: what is left waits for messages of which nobody knows whether they were sent.",
  switched_off: "Stopped by itself: sending again was switched off for its source.",
};

/** A message of a run with when it was sent. */
export type Sent = Ordered & { readonly sendingAt: Date | undefined };

export type Decision<T> =
  | { readonly kind: "send"; readonly item: T }
  /** Nothing is due; look again at the latest after so long. */
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "stop"; readonly cause: StopCause }
  | { readonly kind: "finish" };

/**
 * What a running run does now. `items` are its own; `elsewhere` are those of other runs that are underway: they hold their
 * patients and orders too.
 */
export function decideRun<T extends Sent>(run: {
  readonly items: readonly T[];
  readonly elsewhere: readonly Ordered[];
  readonly runningSince: Date;
  readonly stopAfter: number;
  readonly perMinute: number;
  readonly isSwitchedOn: boolean;
  readonly now: Date;
}): Decision<T> {
  const { items, elsewhere, now } = run;
  const isUnderway = items.some(({ state }) => state === "sending" || state === "accepted");
  if (!items.some(({ state }) => state === "planned")) {
    return isUnderway ? { kind: "wait", ms: LOOK_MS } : { kind: "finish" };
  }
  if (!run.isSwitchedOn) return { kind: "stop", cause: "switched_off" };
  if (failsInARow(items, run.runningSince) >= run.stopAfter) return { kind: "stop", cause: "failures" };
  const dueInMs = lastSentMs(items) + 60_000 / run.perMinute - now.getTime();
  if (dueInMs > 0) return { kind: "wait", ms: Math.min(dueInMs, LOOK_MS) };
  const next = nextItem<Ordered>([...items, ...elsewhere]);
  const item = items.find((one) => one === next);
  if (item !== undefined) return { kind: "send", item };
  return isUnderway || elsewhere.length > 0
    ? { kind: "wait", ms: LOOK_MS }
    : { kind: "stop", cause: "unclear" };
}

const LOOK_MS = 1_000;

/** How many of those sent last, without a stop between, failed or are unclear. One that is underway ends nothing. */
function failsInARow(items: readonly Sent[], since: Date): number {
  const sent = items
    .flatMap(({ sendingAt, state }) =>
      sendingAt === undefined || sendingAt < since ? [] : [{ sendingAt, state }],
    )
    .filter(({ state }) => state !== "sending" && state !== "accepted")
    .sort((a, b) => b.sendingAt.getTime() - a.sendingAt.getTime());
  const good = sent.findIndex(({ state }) => state === "delivered");
  return good === -1 ? sent.length : good;
}

function lastSentMs(items: readonly Sent[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...items.flatMap(({ sendingAt }) => sendingAt?.getTime() ?? []));
}
