import { currentFact } from "../clinical/fold-versions";
import type { ExamFact, Priority } from "../clinical/schema";
import { type EventKind, eventsOf, type JourneyEvent, type ObjectHistory } from "./events";
import {
  type JourneyLeg,
  type JourneyStep,
  journeyLegs,
  journeySteps,
  legAllowanceMs,
  legFacts,
  PLANNED_GRACE_MS,
} from "./steps";

/** One leg of an exam. `tookMs` is undefined where an end was not seen, or where the clocks of its two ends disagree. */
export type LegTaken = {
  readonly leg: JourneyLeg;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly tookMs: number | undefined;
  readonly allowedMs: number;
  /** It ended before it began: two clocks disagree by at least this much. */
  readonly clocksApartMs: number | undefined;
};

/** What an exam waits for, since when, and by when it should have come. */
export type Waiting = { readonly leg: JourneyLeg; readonly since: Date; readonly dueAt: Date };

export type Journey = {
  readonly events: readonly JourneyEvent[];
  readonly legs: readonly LegTaken[];
  readonly state: "waiting" | "done" | "cancelled";
  /** Undefined once nothing is waited for. */
  readonly waiting: Waiting | undefined;
  /** Steps that were passed over: a later one was seen, these were not. */
  readonly missing: readonly JourneyStep[];
  readonly plannedFor: Date | undefined;
  readonly priority: Priority;
  readonly isCritical: boolean;
  readonly department: string | undefined;
  readonly modality: string | undefined;
  readonly procedure: string | undefined;
};

/** Follows one exam through all that its sources said. The same facts give the same journey, however they arrived. */
export function journeyOf(histories: readonly ObjectHistory[]): Journey {
  const events = eventsOf(histories);
  const facts = histories.map(({ facts: all }) => currentFact(all));
  const about = aboutExam(facts);
  const reached = stepsReached(events, facts);
  const critical = events.find(({ kind }) => kind === "criticalFound")?.at;
  const acknowledged = events.find(({ kind }) => kind === "acknowledged")?.at;
  const last = lastReached(reached, events);
  const isCancelled = last < journeySteps.indexOf("started") && isCalledOff(facts);
  const waiting = isCancelled
    ? undefined
    : waitingFor({ reached, last, events, critical, acknowledged, ...about });
  return {
    ...about,
    events,
    legs: journeyLegs.map((leg) => legTaken({ leg, reached, critical, acknowledged, ...about })),
    state: isCancelled ? "cancelled" : waiting === undefined ? "done" : "waiting",
    waiting,
    missing: journeySteps.slice(0, last + 1).filter((step) => reached[step] === undefined),
    isCritical: critical !== undefined,
  };
}

/** How long an exam has been overdue; undefined where it is not. */
export function stalledForMs(waiting: Waiting | undefined, now: Date): number | undefined {
  const overdueMs = waiting === undefined ? 0 : now.getTime() - waiting.dueAt.getTime();
  return overdueMs > 0 ? overdueMs : undefined;
}

type Reached = Readonly<Partial<Record<JourneyStep, Date>>>;
type About = Pick<Journey, "plannedFor" | "priority" | "department" | "modality" | "procedure">;
type Marks = {
  readonly reached: Reached;
  readonly critical: Date | undefined;
  readonly acknowledged: Date | undefined;
} & About;

function aboutExam(facts: readonly ExamFact[]): About {
  const orders = facts.flatMap((fact) => (fact.kind === "order" ? [fact] : []));
  const entries = facts.flatMap((fact) => (fact.kind === "worklist" ? [fact] : []));
  const steps = facts.flatMap((fact) => (fact.kind === "procedureStep" ? [fact] : []));
  const studies = facts.flatMap((fact) => (fact.kind === "study" ? [fact] : []));
  const named = [...orders, ...entries].flatMap(({ procedure }) => procedure?.text ?? procedure?.code ?? []);
  return {
    plannedFor: [...orders, ...entries].flatMap(({ scheduledAt }) => scheduledAt ?? []).sort(byTime)[0],
    priority: orders.flatMap(({ priority }) => priority ?? [])[0] ?? "routine",
    department: orders.flatMap(({ department }) => department ?? [])[0],
    modality:
      [...orders, ...entries, ...steps].flatMap(({ modality }) => modality ?? [])[0] ??
      studies.flatMap(({ modalities }) => modalities ?? [])[0],
    procedure: named[0] ?? studies.flatMap(({ description }) => description ?? [])[0],
  };
}

/** When each step was reached: the first time, but for images the last, because an exam may be of several parts. */
function stepsReached(events: readonly JourneyEvent[], facts: readonly ExamFact[]): Reached {
  const steps = facts.flatMap((fact) => (fact.kind === "procedureStep" ? [fact] : []));
  const isUnderWay = steps.some(({ status }) => status === "inProgress");
  const isGivenUp = steps.length > 0 && steps.every(({ status }) => status === "discontinued");
  const of = (kind: EventKind, saidBy?: ExamFact["kind"]) =>
    events.filter((event) => event.kind === kind && (saidBy === undefined || event.saidBy === saidBy));
  const started = isGivenUp ? [] : of("started");
  const acquired = isUnderWay ? [] : (nonEmpty(of("acquired", "procedureStep")) ?? of("acquired"));
  return reachedOf({
    ordered: of("ordered")[0]?.at,
    onWorklist: of("onWorklist")[0]?.at,
    started: started[0]?.at ?? of("firstImage")[0]?.at,
    acquired: acquired.at(-1)?.at,
    available: of("available").at(-1)?.at,
    reported: isReportStanding(facts) ? [...of("reported"), ...of("corrected")].sort(byAt)[0]?.at : undefined,
  });
}

/** Place of the last step that was reached. Whoever writes a first report has had the images, whoever told of them. */
function lastReached(reached: Reached, events: readonly JourneyEvent[]): number {
  const last = journeySteps.findLastIndex((step) => reached[step] !== undefined);
  const isRead = events.some(({ kind }) => kind === "preliminary");
  return isRead ? Math.max(last, journeySteps.indexOf("available")) : last;
}

function reachedOf(steps: Readonly<Record<JourneyStep, Date | undefined>>): Reached {
  return Object.fromEntries(Object.entries(steps).filter(([, at]) => at !== undefined));
}

function waitingFor(
  ask: Marks & { readonly last: number; readonly events: readonly JourneyEvent[] },
): Waiting | undefined {
  const { reached, last, events, critical, acknowledged, plannedFor, priority } = ask;
  const until = (leg: JourneyLeg, since: Date) => ({
    leg,
    since,
    dueAt: new Date(since.getTime() + legAllowanceMs[leg][priority]),
  });
  if (critical !== undefined && acknowledged === undefined) return until("toAcknowledge", critical);
  // Where nothing but a broken-off attempt is known, the exam still has to begin.
  const leg = last < 0 ? "toStart" : journeyLegs.find((one) => legFacts[one].to === journeySteps[last + 1]);
  const step = journeySteps[last];
  const since = (step && reached[step]) ?? events.at(-1)?.at;
  if (leg === undefined || since === undefined) return undefined;
  if (leg !== "toStart" || plannedFor === undefined) return until(leg, since);
  return { leg, since, dueAt: new Date(Math.max(plannedFor.getTime(), since.getTime()) + PLANNED_GRACE_MS) };
}

function legTaken(ask: Marks & { readonly leg: JourneyLeg }): LegTaken {
  const { leg, reached, critical, acknowledged, priority, plannedFor } = ask;
  const facts = legFacts[leg];
  const from = leg === "toAcknowledge" ? critical : reached[facts.from];
  const to = facts.to === "acknowledged" ? acknowledged : reached[facts.to];
  const tookMs = from === undefined || to === undefined ? undefined : to.getTime() - from.getTime();
  const waitMs = from === undefined || plannedFor === undefined ? 0 : plannedFor.getTime() - from.getTime();
  const isPlanned = leg === "toStart" && plannedFor !== undefined;
  return {
    leg,
    from,
    to,
    tookMs: tookMs !== undefined && tookMs >= 0 ? tookMs : undefined,
    allowedMs: isPlanned ? Math.max(waitMs, 0) + PLANNED_GRACE_MS : legAllowanceMs[leg][priority],
    clocksApartMs: tookMs !== undefined && tookMs < 0 ? -tookMs : undefined,
  };
}

/** Whether every order, or else every worklist entry, was called off. */
function isCalledOff(facts: readonly ExamFact[]): boolean {
  const orders = facts.flatMap((fact) => (fact.kind === "order" ? [fact.status] : []));
  const entries = facts.flatMap((fact) => (fact.kind === "worklist" ? [fact.status] : []));
  const asked = orders.length > 0 ? orders : entries;
  return asked.length > 0 && asked.every((status) => status === "cancelled" || status === "discontinued");
}

function isReportStanding(facts: readonly ExamFact[]): boolean {
  return facts.some((fact) => fact.kind === "report" && fact.status !== "cancelled");
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}

function byAt(a: JourneyEvent, b: JourneyEvent): number {
  return byTime(a.at, b.at);
}
