import { zonedParts } from "@/lib/core/time/zone";
import { type InventedPatient, inventedPatient, patientCount } from "../patients";
import { between, pick, type Random, seededRandom } from "../random";
import type { Hospital } from "./hospital";

/** How an exam of the demo hospital goes wrong, if it does. */
export type ExamFault =
  | "none"
  | "cancelled"
  | "no-worklist"
  | "no-start"
  | "broken-off"
  | "no-archive"
  | "no-report"
  | "not-acknowledged"
  | "clock"
  | "wrong-patient";

/** One exam with everything that will happen to it; times in epoch milliseconds. */
export type DemoExam = {
  readonly number: string;
  /** Of the patient that it was ordered for. */
  readonly patientIndex: number;
  readonly patient: InventedPatient;
  /** Whose name the images bear: another's, where somebody picked the wrong line of the worklist. */
  readonly imagedAs: InventedPatient;
  readonly procedure: { readonly code: string; readonly text: string };
  readonly modality: string;
  readonly department: string;
  readonly station: string;
  readonly priority: "stat" | "urgent" | "routine";
  readonly images: number;
  readonly isCritical: boolean;
  readonly fault: ExamFault;
  readonly times: {
    readonly ordered: number;
    readonly planned: number;
    readonly started: number;
    readonly ended: number;
    readonly stable: number;
    readonly preliminary: number;
    readonly final: number;
    readonly acknowledged: number;
  };
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const slotMs = 20 * minuteMs;

/** From its order to its last report an exam takes less than this. */
export const longestExamMs = 30 * hourMs;

/** What there is to tell of an exam, in this order. */
const stages = ["order", "worklist", "step", "study", "report"] as const;
type ExamStage = (typeof stages)[number];

/** Whether an exam comes this far before it goes wrong. */
export function comesTo(exam: DemoExam, stage: ExamStage): boolean {
  return stages.indexOf(stage) <= stages.indexOf(lastStages[exam.fault]);
}

const lastStages: Readonly<Record<ExamFault, ExamStage>> = {
  none: "report",
  clock: "report",
  "wrong-patient": "report",
  "not-acknowledged": "report",
  "no-report": "study",
  "no-archive": "step",
  "broken-off": "step",
  "no-start": "worklist",
  cancelled: "worklist",
  "no-worklist": "order",
};

/** Span of time (afterMs, untilMs] in epoch milliseconds; of exams planned from some instant on alone, where one is given. */
export type TellingSpan = {
  readonly afterMs: number;
  readonly untilMs: number;
  readonly plannedFromMs?: number;
};

/** What `tell` says of exams in a span, oldest first; the same every time, and in whatever pieces it is asked for. */
export function toldOfExams<What extends { readonly atMs: number }>(
  hospital: Hospital,
  { afterMs, untilMs, plannedFromMs = afterMs - longestExamMs }: TellingSpan,
  tell: (exam: DemoExam) => readonly What[],
): readonly What[] {
  return demoExams(hospital, plannedFromMs, untilMs + longestExamMs)
    .flatMap(tell)
    .filter(({ atMs }) => atMs > afterMs && atMs <= untilMs)
    .sort((a, b) => a.atMs - b.atMs);
}

/** Exams planned in [fromMs, toMs); always the same ones. */
export function demoExams(hospital: Hospital, fromMs: number, toMs: number): readonly DemoExam[] {
  const exams: DemoExam[] = [];
  for (let slot = Math.ceil(fromMs / slotMs); slot * slotMs < toMs; slot += 1) {
    const random = seededRandom(hospital.seed, "exam", slot);
    const { hour } = zonedParts(new Date(slot * slotMs), hospital.zone);
    if (random() < (hour >= 8 && hour < 17 ? 0.95 : 0.2)) exams.push(drawExam(random, slot));
  }
  return exams;
}

function drawExam(random: Random, slot: number): DemoExam {
  const kind = pick(random, kinds);
  const minutes = (from: number, to: number) => between(random, [from * 60, to * 60]) * 1_000;
  const priority = pick(random, priorities);
  const planned = slot * slotMs;
  const started = planned + minutes(-4, 25);
  const ended = started + minutes(6, 30);
  const stable = ended + minutes(2, 9);
  const preliminary = stable + minutes(8, priority === "stat" ? 25 : 90);
  const final = preliminary + minutes(10, priority === "stat" ? 20 : 420);
  const patientIndex = Math.floor(random() * patientCount);
  const fault = pick(random, faults);
  const patient = inventedPatient(patientIndex);
  return {
    ...kind,
    number: slot.toString(36).toUpperCase(),
    patientIndex,
    patient,
    imagedAs: fault === "wrong-patient" ? inventedPatient((patientIndex + 1) % patientCount) : patient,
    priority,
    images: between(random, kind.range),
    isCritical: random() < 0.08,
    fault,
    times: {
      ordered: planned - minutes(60, 300),
      planned,
      started,
      ended,
      stable,
      preliminary,
      final,
      acknowledged: preliminary + minutes(6, 40),
    },
  };
}

type ExamKind = Pick<DemoExam, "procedure" | "modality" | "department" | "station"> & {
  readonly range: readonly [number, number];
};

const radiology = { department: "Radiology" } as const;
const kinds: readonly (readonly [ExamKind, number])[] = [
  [
    {
      ...radiology,
      procedure: named("CTCHEST", "CT chest"),
      modality: "CT",
      station: "CT1",
      range: [180, 620],
    },
    5,
  ],
  [
    { ...radiology, procedure: named("CTHEAD", "CT head"), modality: "CT", station: "CT2", range: [60, 240] },
    5,
  ],
  [
    {
      ...radiology,
      procedure: named("MRKNEE", "MR knee"),
      modality: "MR",
      station: "MR1",
      range: [120, 400],
    },
    3,
  ],
  [
    {
      ...radiology,
      procedure: named("MRBRAIN", "MR brain"),
      modality: "MR",
      station: "MR1",
      range: [200, 700],
    },
    3,
  ],
  [
    {
      ...radiology,
      procedure: named("CRCHEST", "Chest X-ray"),
      modality: "CR",
      station: "XR3",
      range: [1, 3],
    },
    8,
  ],
  [
    {
      ...radiology,
      procedure: named("USABD", "Ultrasound abdomen"),
      modality: "US",
      station: "US2",
      range: [12, 60],
    },
    4,
  ],
  [
    {
      department: "Cardiology",
      procedure: named("ECHO", "Echocardiogram"),
      modality: "US",
      station: "ECHO1",
      range: [30, 120],
    },
    2,
  ],
];

function named(code: string, text: string): DemoExam["procedure"] {
  return { code, text };
}

const priorities: readonly (readonly [DemoExam["priority"], number])[] = [
  ["routine", 7],
  ["urgent", 2],
  ["stat", 1],
];

const faults: readonly (readonly [ExamFault, number])[] = [
  ["none", 82],
  ["cancelled", 3],
  ["no-worklist", 1],
  ["no-start", 3],
  ["broken-off", 1],
  ["no-archive", 2],
  ["no-report", 4],
  ["not-acknowledged", 1],
  ["clock", 3],
  ["wrong-patient", 2],
];
