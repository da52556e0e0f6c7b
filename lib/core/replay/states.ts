/**
 * Where a run stands. drafted: its messages are chosen and are being checked; waiting: for a second person; done: nothing
 * of it will be sent any more; discarded: it was given up before it began.
 */
export const runStates = ["drafted", "waiting", "ready", "running", "stopped", "done", "discarded"] as const;
export type RunState = (typeof runStates)[number];

/** What people and the worker do to a run. */
export type RunStep =
  | "ask"
  | "submit"
  | "approve"
  | "refuse"
  | "discard"
  | "start"
  | "stop"
  | "resume"
  | "finish";

/** Where a step leads from each state. What is not listed cannot be done, so a second click does nothing. */
const runSteps: Readonly<Record<RunState, Readonly<Partial<Record<RunStep, RunState>>>>> = {
  drafted: { ask: "waiting", submit: "ready", discard: "discarded" },
  waiting: { approve: "ready", refuse: "discarded" },
  ready: { start: "running", discard: "discarded" },
  running: { stop: "stopped", finish: "done" },
  stopped: { resume: "running", finish: "done" },
  done: {},
  discarded: {},
};

/** The state after a step; undefined where the step is not possible. */
export function stepRun(state: RunState, step: RunStep): RunState | undefined {
  return runSteps[state][step];
}

/** Whether messages of the run are kept from being chosen for another. */
export function isOpenRun(state: RunState): boolean {
  return state !== "done" && state !== "discarded";
}

/**
 * Where one message of a run stands. sending: committed before the engine is asked, and never sent again from there;
 * accepted: the engine took it over, what became of it is not yet read back; unclear: it may or may not have been sent
 * again; left: the run ended without it.
 */
export const itemStates = [
  "planned",
  "sending",
  "accepted",
  "unclear",
  "delivered",
  "failed",
  "left",
] as const;
export type ItemState = (typeof itemStates)[number];

/** Each state with those that may follow it. Nothing leads back to planned or sending: at most once. */
const itemSteps: Readonly<Record<ItemState, readonly ItemState[]>> = {
  planned: ["sending", "left"],
  sending: ["accepted", "unclear", "failed", "delivered"],
  accepted: ["delivered", "failed", "unclear"],
  unclear: ["delivered", "failed"],
  delivered: [],
  failed: [],
  left: [],
};

export function canBecome(from: ItemState, to: ItemState): boolean {
  return itemSteps[from].includes(to);
}

/** The states from which an item may come to stand in another. */
export function statesBefore(to: ItemState): readonly ItemState[] {
  return itemStates.filter((from) => canBecome(from, to));
}

/** Underway, or not known whether: while it is, no other message of the same patient or order is sent. */
export function isInFlight(state: ItemState): boolean {
  return state === "sending" || state === "accepted" || state === "unclear";
}
