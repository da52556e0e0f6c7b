import { judgeLeg } from "./judge-leg";
import { type HealthLevel, healthLevels, type JudgedProblem } from "./problem";
import type { Criticality, InterfaceSigns } from "./signs";

/** Whether an interface needs a person, why, and since when. `problems` are worst first; the first one speaks for all. */
export type InterfaceHealth = {
  readonly interfaceId: number;
  readonly name: string;
  readonly level: HealthLevel;
  readonly problems: readonly JudgedProblem[];
  /** When the worst problem began; undefined where it has no beginning (a rate, a delay) or nothing is wrong. */
  readonly since: Date | undefined;
  /** Higher is worse; comparable between interfaces. */
  readonly score: number;
};

/** Judges one interface at `now`. Pure: the same signs always give the same health. */
export function assessInterface(signs: InterfaceSigns, now: Date): InterfaceHealth {
  const problems = isOutOfService(signs)
    ? []
    : [...judgeInterface(signs), ...signs.legs.flatMap((leg) => judgeLeg(leg, now))].sort(worseFirst);
  const level = isOutOfService(signs) ? "excluded" : (problems[0]?.level ?? emptyLevel(signs));
  return {
    interfaceId: signs.interfaceId,
    name: signs.name,
    level,
    problems,
    since: problems[0] && sinceOf(problems[0]),
    score: scoreOf({ level, problems, criticality: signs.criticality }),
  };
}

/** For sorting: worst first, then by name so that equals do not swap places on refresh. */
export function compareHealth(a: InterfaceHealth, b: InterfaceHealth): number {
  return b.score - a.score || a.name.localeCompare(b.name, "en");
}

/** Levels that ask for a person now. */
export function needsPerson(level: HealthLevel): boolean {
  return level === "critical" || level === "warning";
}

/** When a problem began, where it has a beginning. */
export function sinceOf(problem: JudgedProblem): Date | undefined {
  switch (problem.kind) {
    case "failing":
    case "queue_stuck":
    case "silent":
    case "unseen":
      return problem.since;
    case "was_down":
      return problem.from;
    case "queue_long":
    case "not_running":
    case "fails_more":
    case "slower":
    case "counted_only":
      return undefined;
  }
}

const SILENT_MIN_WEEKS = 2;
const SILENT_WARNING_COUNT = 5;
const SILENT_CRITICAL_COUNT = 20;

function isOutOfService(signs: InterfaceSigns): boolean {
  return signs.isPaused || signs.engineState === "UNDEPLOYED";
}

/** Nothing ever seen on any leg: not well, unknown. */
function emptyLevel(signs: InterfaceSigns): HealthLevel {
  const isSeen =
    signs.silence !== undefined || signs.legs.some((leg) => leg.ok + leg.failed + leg.pending > 0);
  return isSeen ? "ok" : "unknown";
}

function judgeInterface(signs: InterfaceSigns): JudgedProblem[] {
  // While the source cannot be seen, silence is ours, not the sender's.
  if (signs.unseenSince) return [{ kind: "unseen", since: signs.unseenSince, level: "unknown" }];
  return [...judgeState(signs), ...judgeSilence(signs), ...judgeCounted(signs)];
}

function judgeCounted({ countedOnly }: InterfaceSigns): JudgedProblem[] {
  return countedOnly === undefined ? [] : [{ kind: "counted_only", received: countedOnly, level: "unknown" }];
}

function judgeState({ engineState = "" }: InterfaceSigns): JudgedProblem[] {
  const level = stateLevels[engineState];
  return level ? [{ kind: "not_running", state: engineState, level }] : [];
}

// States in passing (STARTING, DEPLOYING, SYNCING) are not judged: the next reading tells.
const stateLevels: Readonly<Record<string, HealthLevel>> = {
  STOPPED: "critical",
  STOPPING: "critical",
  PAUSED: "warning",
  PAUSING: "warning",
  UNKNOWN: "unknown",
};

function judgeSilence({ silence, criticality }: InterfaceSigns): JudgedProblem[] {
  if (!silence || silence.weeks < SILENT_MIN_WEEKS || silence.usualLow < SILENT_WARNING_COUNT) return [];
  const isCritical = silence.usualLow >= SILENT_CRITICAL_COUNT || criticality === "high";
  return [
    {
      kind: "silent",
      since: silence.since,
      usualLow: silence.usualLow,
      level: isCritical ? "critical" : "warning",
    },
  ];
}

function worseFirst(a: JudgedProblem, b: JudgedProblem): number {
  return rank(a.level) - rank(b.level) || weight(b) - weight(a);
}

function rank(level: HealthLevel): number {
  return healthLevels.indexOf(level);
}

/** How many messages a problem touches, as far as it can be counted: decides only among equals. */
function weight(problem: JudgedProblem): number {
  switch (problem.kind) {
    case "failing":
    case "fails_more":
    case "was_down":
      return problem.failed;
    case "queue_stuck":
    case "queue_long":
      return problem.depth;
    case "silent":
      return problem.usualLow;
    case "not_running":
      return 1_000;
    case "slower":
    case "unseen":
    case "counted_only":
      return 0;
  }
}

const criticalityRank: Record<Criticality, number> = { high: 2, normal: 1, low: 0 };

/** Level first, then how much the interface matters, then how many messages are touched (on a log scale, below 1 step). */
function scoreOf(of: {
  readonly level: HealthLevel;
  readonly problems: readonly JudgedProblem[];
  readonly criticality: Criticality;
}): number {
  const touched = of.problems.reduce((sum, problem) => sum + weight(problem), 0);
  const share = Math.min(0.999, Math.log10(1 + touched) / 8);
  return (healthLevels.length - rank(of.level)) * 10 + criticalityRank[of.criticality] + share;
}
