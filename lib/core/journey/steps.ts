import type { Priority } from "../clinical/schema";

/** What an exam goes through, in this order (IHE SWF, RWF). A preliminary report is not waited for. */
export const journeySteps = [
  "ordered",
  "onWorklist",
  "started",
  "acquired",
  "available",
  "reported",
] as const;
export type JourneyStep = (typeof journeySteps)[number];

/** The way from one step to the next. The last is gone only where a result is critical. */
export const journeyLegs = [
  "toWorklist",
  "toStart",
  "toImages",
  "toArchive",
  "toReport",
  "toAcknowledge",
] as const;
export type JourneyLeg = (typeof journeyLegs)[number];

type LegFacts = {
  readonly title: string;
  /** What a stalled exam waits for. */
  readonly waitsFor: string;
  readonly from: JourneyStep;
  readonly to: JourneyStep | "acknowledged";
};

export const legFacts: Readonly<Record<JourneyLeg, LegFacts>> = {
  toWorklist: {
    title: "Order to worklist",
    waitsFor: "worklist entry",
    from: "ordered",
    to: "onWorklist",
  },
  toStart: { title: "Worklist to start", waitsFor: "start", from: "onWorklist", to: "started" },
  toImages: { title: "Start to last image", waitsFor: "last image", from: "started", to: "acquired" },
  toArchive: { title: "Last image to available", waitsFor: "archive", from: "acquired", to: "available" },
  toReport: {
    title: "Available to final report",
    waitsFor: "final report",
    from: "available",
    to: "reported",
  },
  toAcknowledge: {
    title: "Critical result to acknowledgement",
    waitsFor: "acknowledgement of a critical result",
    from: "reported",
    to: "acknowledged",
  },
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long each leg may take before the exam counts as stalled, by the priority of its order. An order without priority
 * is routine. The way to the start begins at the planned time where there is one: see PLANNED_GRACE_MS.
 */
export const legAllowanceMs: Readonly<Record<JourneyLeg, Readonly<Record<Priority, number>>>> = {
  toWorklist: { stat: 5 * MINUTE, asap: 15 * MINUTE, urgent: 15 * MINUTE, routine: 30 * MINUTE },
  toStart: { stat: HOUR, asap: 4 * HOUR, urgent: DAY, routine: 14 * DAY },
  toImages: { stat: 2 * HOUR, asap: 2 * HOUR, urgent: 2 * HOUR, routine: 2 * HOUR },
  toArchive: { stat: 15 * MINUTE, asap: 30 * MINUTE, urgent: 30 * MINUTE, routine: 30 * MINUTE },
  toReport: { stat: HOUR, asap: 4 * HOUR, urgent: 8 * HOUR, routine: DAY },
  toAcknowledge: { stat: HOUR, asap: HOUR, urgent: HOUR, routine: HOUR },
};

/** How long after its planned time an exam may begin. */
export const PLANNED_GRACE_MS = HOUR;
