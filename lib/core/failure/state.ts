/** Where a group of failures stands. What it derives by itself: the first three and `regressed`; the rest people set. */
export const groupStates = [
  "new",
  "ongoing",
  "escalating",
  "acknowledged",
  "snoozed",
  "resolved",
  "regressed",
  "muted",
] as const;
export type GroupState = (typeof groupStates)[number];

/** When a snooze ends by itself. A count is of failures since it began. */
export type SnoozeEnd = { readonly until: Date } | { readonly afterCount: number };

/** A quiet group keeps counting; this is what it is compared with. */
type Quiet = {
  readonly by: string;
  readonly why: string;
  readonly since: Date;
  readonly end: SnoozeEnd;
  /** Failures an hour when it began, at least one. */
  readonly hourlyBefore: number;
  readonly destinationsBefore: readonly number[];
  readonly countBefore: number;
};

type Fix = {
  readonly by: string;
  readonly cause: string;
  readonly change: string | undefined;
  readonly at: Date;
  /** The interface's revision that holds the fix; undefined where the engine tells none. */
  readonly revision: number | undefined;
};

type Standing =
  | { readonly state: OpenState }
  | { readonly state: "acknowledged"; readonly by: string }
  | { readonly state: "snoozed" | "muted"; readonly quiet: Quiet }
  | { readonly state: "resolved"; readonly fix: Fix };

export type Group = Standing & { readonly stateAt: Date };

/** What is known of a group at one moment. */
export type GroupFigures = {
  readonly firstAt: Date;
  readonly count: number;
  readonly lastHour: number;
  /** Failures an hour over the day before the last hour; null where it is younger. */
  readonly hourlyUsual: number | null;
  /** Legs on which it was seen. */
  readonly destinations: readonly number[];
  /** The newest failure and the interface's revision it ran under. */
  readonly newest: { readonly at: Date; readonly revision: number | undefined };
};

/** Muted at most this long; then it is back by itself. */
export const MAX_MUTE_DAYS = 90;
/** New for a day, then ongoing. */
const NEW_MS = 24 * 3_600_000;
const DAY_MS = 86_400_000;
/** So many times as often as before is escalating, and breaks any quiet. */
const RISE = 10;
/** Fewer in an hour are no rise, whatever they were before. */
const MIN_RISE = 10;

/** A group that was not there before. */
export function newGroup(now: Date): Group {
  return { state: "new", stateAt: now };
}

/** The state that time and failures lead to. The same figures twice change nothing more. */
export function settleGroup(group: Group, figures: GroupFigures, now: Date): Group {
  switch (group.state) {
    case "new":
    case "ongoing":
    case "escalating":
    case "regressed":
      return moved(group, openState(group.state, figures, now), now);
    case "acknowledged":
      return isRising(figures) ? moved(group, "escalating", now) : group;
    case "snoozed":
    case "muted":
      return settleQuiet(group, figures, now);
    case "resolved":
      return isBack(group.fix, figures) ? { state: "regressed", stateAt: now } : group;
  }
}

type OpenState = Extract<GroupState, "new" | "ongoing" | "escalating" | "regressed">;

function moved(group: Group, state: OpenState, now: Date): Group {
  return group.state === state ? group : { state, stateAt: now };
}

function openState(state: OpenState, figures: GroupFigures, now: Date): OpenState {
  if (isRising(figures)) return "escalating";
  if (state === "regressed") return "regressed";
  return now.getTime() - figures.firstAt.getTime() < NEW_MS ? "new" : "ongoing";
}

function isRising({ lastHour, hourlyUsual }: GroupFigures): boolean {
  return hourlyUsual !== null && isRise(lastHour, hourlyUsual);
}

function isRise(hourly: number, before: number): boolean {
  return hourly >= MIN_RISE && hourly >= RISE * Math.max(before, 1);
}

function settleQuiet(group: Group & { readonly quiet: Quiet }, figures: GroupFigures, now: Date): Group {
  const { quiet } = group;
  if (isRise(figures.lastHour, quiet.hourlyBefore)) return { state: "escalating", stateAt: now };
  const isElsewhere = figures.destinations.some((leg) => !quiet.destinationsBefore.includes(leg));
  const isOver =
    "until" in quiet.end ? now >= quiet.end.until : figures.count - quiet.countBefore >= quiet.end.afterCount;
  return isElsewhere || isOver ? { state: "ongoing", stateAt: now } : group;
}

/** Not by a late report of what happened before the fix, nor by a revision that does not have it. */
function isBack(fix: Fix, { newest }: GroupFigures): boolean {
  if (newest.at <= fix.at) return false;
  return fix.revision === undefined || newest.revision === undefined || newest.revision >= fix.revision;
}

/** What a person does with a group. */
export type GroupAct =
  | { readonly kind: "acknowledge" }
  | { readonly kind: "snooze"; readonly why: string; readonly end: SnoozeEnd }
  | { readonly kind: "mute"; readonly why: string; readonly days: number }
  | { readonly kind: "resolve"; readonly cause: string; readonly change?: string; readonly revision?: number }
  | { readonly kind: "reopen" };

/** Why an act is not done; undefined where it may be. */
export function refuseAct(
  act: GroupAct,
  now: Date,
): "ends-in-the-past" | "too-long" | "no-count" | undefined {
  if (act.kind === "mute") {
    if (act.days <= 0) return "ends-in-the-past";
    return act.days > MAX_MUTE_DAYS ? "too-long" : undefined;
  }
  if (act.kind !== "snooze") return undefined;
  if ("afterCount" in act.end) return act.end.afterCount < 1 ? "no-count" : undefined;
  if (act.end.until <= now) return "ends-in-the-past";
  return act.end.until.getTime() - now.getTime() > MAX_MUTE_DAYS * DAY_MS ? "too-long" : undefined;
}

/** The group after an act that `refuseAct` lets through. */
export function actOnGroup(done: {
  readonly act: GroupAct;
  readonly figures: GroupFigures;
  readonly by: string;
  readonly now: Date;
}): Group {
  const { act, figures, by, now } = done;
  switch (act.kind) {
    case "acknowledge":
      return { state: "acknowledged", by, stateAt: now };
    case "snooze":
      return { state: "snoozed", quiet: quietFrom(done, act.why, act.end), stateAt: now };
    case "mute": {
      const until = new Date(now.getTime() + act.days * DAY_MS);
      return { state: "muted", quiet: quietFrom(done, act.why, { until }), stateAt: now };
    }
    case "resolve": {
      const { cause, change, revision } = act;
      return { state: "resolved", fix: { by, cause, change, revision, at: now }, stateAt: now };
    }
    case "reopen":
      return { state: openState("ongoing", figures, now), stateAt: now };
  }
}

function quietFrom(
  { figures, by, now }: { readonly figures: GroupFigures; readonly by: string; readonly now: Date },
  why: string,
  end: SnoozeEnd,
): Quiet {
  return {
    by,
    why,
    end,
    since: now,
    hourlyBefore: Math.max(figures.lastHour, figures.hourlyUsual ?? 0, 1),
    destinationsBefore: figures.destinations,
    countBefore: figures.count,
  };
}
