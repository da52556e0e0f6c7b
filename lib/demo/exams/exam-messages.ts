import { stamp } from "../engine/message-text";
import type { MessageFacts } from "../engine/stored-message";
import { comesTo, type DemoExam, type TellingSpan, toldOfExams } from "../hospital/exams";
import type { Hospital } from "../hospital/hospital";
import { names } from "../hospital/incidents";
import { demoAuthority } from "../patients";

/** A message about an exam, and the interface of the engine that it comes in at. */
export type ExamMessage = {
  readonly atMs: number;
  readonly interface: string;
  readonly facts: MessageFacts;
};

/** The system that reports are written in: it numbers orders anew. */
const risNamespace = "DEMORIS";

/** Who comes, what is ordered and called off, and what is reported: what the EHR and the RIS send of exams in a span. */
export function examMessages(hospital: Hospital, span: TellingSpan): readonly ExamMessage[] {
  return toldOfExams(hospital, span, (exam) => [
    message(exam, { atMs: exam.times.ordered - 60_000, kind: "ADT", of: names.adt }),
    order(exam, { atMs: exam.times.ordered, control: "NW" }),
    ...(exam.fault === "cancelled" ? [order(exam, { atMs: calledOffAt(exam), control: "CA" })] : []),
    ...(comesTo(exam, "report") ? [report(exam, "P"), report(exam, "F")] : []),
  ]);
}

/** When an exam is called off. */
export function calledOffAt({ times }: DemoExam): number {
  return times.planned - 20 * 60_000;
}

/** Whether its report names something that somebody has to hear of at once. */
export function isCritical({ isCritical: is, fault }: DemoExam): boolean {
  return is || fault === "not-acknowledged";
}

/** ORM^O01: new, or called off. */
function order(exam: DemoExam, of: { readonly atMs: number; readonly control: "NW" | "CA" }): ExamMessage {
  const { atMs, control } = of;
  const timing = `^^^${stamp(exam.times.planned)}^^${priorities[exam.priority]}`;
  const segments = [
    segment("PV1", { 1: "1", 2: "I", 3: "W4^107^A", 19: exam.patient.visitNumber }),
    segment("ORC", {
      1: control,
      2: placerOf(exam),
      5: control === "NW" ? "SC" : "CA",
      7: timing,
      9: stamp(exam.times.ordered),
    }),
    segment("OBR", { ...requestOf(exam), 6: stamp(exam.times.planned), 27: timing }),
  ];
  return message(exam, {
    atMs,
    kind: control === "NW" ? "ORM" : "ORMC",
    of: names.imagingOrders,
    segments,
  });
}

/** ORU^R01: preliminary, or final. */
function report(exam: DemoExam, status: "P" | "F"): ExamMessage {
  const atMs = status === "P" ? exam.times.preliminary : exam.times.final;
  const flag = isCritical(exam) ? "AA" : "N";
  const segments = [
    segment("ORC", { 1: "RE", 2: placerOf(exam), 3: fillerOf(exam) }),
    segment("OBR", { ...requestOf(exam), 3: fillerOf(exam), 22: stamp(atMs), 25: status }),
    segment("OBX", { 1: "1", 2: "TX", 3: "IMP^Impression^L", 5: "Invented finding.", 8: flag, 11: status }),
  ];
  return message(exam, { atMs, kind: `ORU${status}`, of: names.imagingReports, segments });
}

type MessageKind = "ADT" | "ORM" | "ORMC" | "ORUP" | "ORUF";

const messageTypes: Readonly<Record<MessageKind, string>> = {
  ADT: "ADT^A08",
  ORM: "ORM^O01",
  ORMC: "ORM^O01",
  ORUP: "ORU^R01",
  ORUF: "ORU^R01",
};

function message(
  exam: DemoExam,
  of: {
    readonly atMs: number;
    readonly kind: MessageKind;
    readonly of: string;
    readonly segments?: readonly string[];
  },
): ExamMessage {
  const { atMs, kind, segments } = of;
  return {
    atMs,
    interface: of.of,
    facts: {
      messageType: messageTypes[kind],
      controlId: `${kind}${exam.number}`,
      patient: exam.patientIndex,
      accession: accessionOf(exam),
      orderNumber: `P${exam.number}`,
      createdAtMs: atMs,
      ...(segments && { segments }),
    },
  };
}

/** What orders and reports say alike of the request; OBR-18 is where IHE puts the accession number. */
function requestOf(exam: DemoExam): Readonly<Record<number, string>> {
  const { procedure, modality } = exam;
  return {
    1: "1",
    2: placerOf(exam),
    4: `${procedure.code}^${procedure.text}^L`,
    18: `${accessionOf(exam)}^${demoAuthority}`,
    24: modality,
  };
}

export function accessionOf({ number }: DemoExam): string {
  return `E${number}`;
}

function placerOf({ number }: DemoExam): string {
  return `P${number}^${demoAuthority}`;
}

function fillerOf({ number }: DemoExam): string {
  return `R${number}^${risNamespace}`;
}

/** HL7 table 0485. */
const priorities: Readonly<Record<DemoExam["priority"], string>> = { stat: "S", urgent: "U", routine: "R" };

/** A segment by the numbers of its fields. */
function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, i) => fields[i + 1] ?? "")].join("|");
}
