import type { LampState } from "@/components/ui/lamp";
import type { ExamFact } from "@/lib/core/clinical/schema";
import type { EventKind } from "@/lib/core/journey/events";
import { type JourneyLeg, type JourneyStep, legFacts } from "@/lib/core/journey/steps";
import { formatDuration } from "@/lib/core/time/format";

/** What happened, as the timeline says it. */
export const eventTitles: Readonly<Record<EventKind, string>> = {
  ordered: "Ordered",
  onWorklist: "On the worklist",
  arrived: "Patient arrived",
  cancelled: "Called off",
  started: "Started",
  discontinued: "Broken off",
  firstImage: "Images arriving",
  acquired: "Last image",
  available: "Available in the archive",
  preliminary: "Preliminary report",
  reported: "Final report",
  corrected: "Report corrected",
  addendum: "Addendum",
  reportCancelled: "Report withdrawn",
  criticalFound: "Critical result",
  criticalTold: "Critical result communicated",
  acknowledged: "Critical result acknowledged",
};

export const stepTitles: Readonly<Record<JourneyStep, string>> = {
  ordered: "order",
  onWorklist: "worklist entry",
  started: "start",
  acquired: "last image",
  available: "availability in the archive",
  reported: "final report",
};

/** Which kind of object said so. */
export const objectTitles: Readonly<Record<ExamFact["kind"] | "patient", string>> = {
  patient: "patient",
  order: "order",
  worklist: "worklist entry",
  procedureStep: "procedure step",
  study: "study",
  report: "report",
};

type Standing = {
  readonly state: "waiting" | "done" | "cancelled";
  readonly leg: JourneyLeg | null;
  readonly dueAt: Date | null;
};

/** Where an exam stands, in a word and a lamp. */
export function standing(
  { state, leg, dueAt }: Standing,
  now: Date,
): { readonly lamp: LampState; readonly word: string } {
  if (state === "done") return { lamp: "ok", word: "Done" };
  if (state === "cancelled") return { lamp: "excluded", word: "Called off" };
  const waitsFor = leg === null ? "the next step" : legFacts[leg].waitsFor;
  if (dueAt === null || dueAt >= now) return { lamp: "ok", word: `Waits for ${waitsFor}` };
  return { lamp: leg === "toAcknowledge" ? "critical" : "warning", word: `Stalled: no ${waitsFor}` };
}

/** "2 h 10 min overdue" */
export function overdueText(dueAt: Date | null, now: Date): string {
  if (dueAt === null || dueAt >= now) return "";
  return `${formatDuration(now.getTime() - dueAt.getTime())} overdue`;
}

/** The first characters of an exam's id: enough to say which one is meant. */
export function examName(id: string): string {
  return `Exam ${id.slice(0, 8)}`;
}
