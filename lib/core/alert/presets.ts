import type { JudgedProblem } from "../interface/problem";
import type { AlertRule } from "./evaluate";

/** The problems of an interface that make alarms; what is over, and what is known by counters alone, make none. */
export type ConditionKind = Exclude<JudgedProblem["kind"], "was_down" | "counted_only">;

const MINUTE_MS = 60_000;
/** On a link with fewer messages an hour, one failure that nothing followed is chance. */
const QUIET_PER_HOUR = 20;

function present(minutes: number): AlertRule {
  return { threshold: 1, forMs: minutes * MINUTE_MS, clearThreshold: 1, clearForMs: 5 * MINUTE_MS };
}

/**
 * How long each problem must last to be an alarm. What the overview judges by repetition or by time already is one at
 * once; rates, delays and queues come and go. A value is how many messages failed, or 1.
 */
const presets: Readonly<Record<ConditionKind, AlertRule>> = {
  failing: { ...present(0), quietGuard: { perHour: QUIET_PER_HOUR, upTo: 1 } },
  queue_stuck: present(0),
  silent: present(0),
  not_running: present(1),
  unseen: present(2),
  queue_long: present(5),
  fails_more: present(5),
  slower: present(10),
};

/** Classes whose messages people wait for within minutes; reports of images and documents take longer by nature. */
const unhurriedClasses: readonly string[] = ["images", "documents"];

/** The rule for one problem of an interface of a class. */
export function presetFor(kind: ConditionKind, messageClass: string | null): AlertRule {
  const rule = presets[kind];
  const isUnhurried = messageClass !== null && unhurriedClasses.includes(messageClass.toLowerCase());
  return isUnhurried ? { ...rule, forMs: 2 * rule.forMs } : rule;
}
