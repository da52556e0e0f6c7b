import type { ClinicalFact } from "../../clinical/schema";
import { ownValue } from "../../own-value";
import { readAuditTime } from "../atna/audit-time";
import { accessionOf, codedOf, cut, fitting, lateralityOf, orderNumberOf, studyUidOf } from "./identifiers";
import { patientSeen } from "./patient";
import type { FhirPlace } from "./place";
import type { Resolve } from "./references";
import {
  type DiagnosticReport,
  type FhirIdentifier,
  type ImagingStudy,
  type Reference,
  type ServiceRequest,
  serviceRequestSchema,
} from "./schema";

type OrderFact = Extract<ClinicalFact, { kind: "order" }>;
type StudyFact = Extract<ClinicalFact, { kind: "study" }>;
type ReportFact = Extract<ClinicalFact, { kind: "report" }>;

/** What the caller adds: which object it is, and when it was so. */
type Said<Fact extends ClinicalFact> = Omit<Fact, "id" | "at" | "observedSeq">;

export type ExamContext = { readonly place: FhirPlace; readonly resolve: Resolve };

/** An order; undefined for what is only thought of: a proposal, a plan, a draft. */
export function orderSaid(request: ServiceRequest, from: ExamContext): Said<OrderFact> | undefined {
  const { intent, status } = request;
  const isOrder = intent === undefined || intent === "order" || intent.endsWith("-order");
  if (!isOrder || status === "draft") return undefined;
  const said = ownValue(orderStatuses, status);
  const procedure = codedOf(request.code);
  const priority = (["stat", "asap", "urgent", "routine"] as const).find((one) => one === request.priority);
  const orderedAt = readAuditTime(request.authoredOn);
  const scheduledAt = readAuditTime(request.occurrenceDateTime ?? request.occurrencePeriod?.start);
  return {
    kind: "order",
    ...keysOf({ own: request.identifier, subject: request.subject }, from),
    ...(said && { status: said }),
    ...(procedure && { procedure }),
    ...(priority && { priority }),
    ...(orderedAt && { orderedAt }),
    ...(scheduledAt && { scheduledAt }),
  };
}

/** request-status; of `unknown` nothing is said. */
const orderStatuses: Readonly<Record<string, OrderFact["status"]>> = {
  active: "requested",
  "on-hold": "held",
  completed: "completed",
  revoked: "cancelled",
  "entered-in-error": "cancelled",
};

/**
 * A study by the archive that holds it; undefined for one that it does not hold. One that lists fewer series than it says
 * it has is a part: what was known of the others stays.
 */
export function studySaid(study: ImagingStudy, from: ExamContext): Said<StudyFact> | undefined {
  if (study.status === "cancelled" || study.status === "entered-in-error") return undefined;
  const series = (study.series ?? []).flatMap((one) => seriesOf(one) ?? []).slice(0, 2_000);
  const seriesCount = countOf(study.numberOfSeries);
  const imageCount = countOf(study.numberOfInstances);
  const coded = study.modality ?? study.series?.flatMap(({ modality }) => modality ?? []) ?? [];
  const modalities = [...new Set(coded.flatMap(({ code }) => fitting(code, 16) ?? []))].slice(0, 20);
  const description = cut(study.description, 256);
  const studyDate = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?=$|T)/.exec(
    study.started ?? "",
  )?.[0];
  return {
    kind: "study",
    ...keysOf({ own: study.identifier, basedOn: study.basedOn, subject: study.subject }, from),
    ...(modalities.length > 0 && { modalities }),
    ...(description && { description }),
    ...(studyDate && { studyDate }),
    ...(seriesCount !== undefined && { seriesCount }),
    ...(imageCount !== undefined && { imageCount }),
    ...(series.length > 0 && { series }),
    ...(isPart(study) && { isPart: true }),
  };
}

function isPart({ meta, series, numberOfSeries }: ImagingStudy): boolean {
  if (meta?.tag?.some(({ code }) => code === "SUBSETTED")) return true;
  return numberOfSeries === undefined ? series === undefined : (series?.length ?? 0) < numberOfSeries;
}

function seriesOf(series: NonNullable<ImagingStudy["series"]>[number]) {
  const seriesInstanceUid = fitting(series.uid?.replace(/^urn:oid:/i, ""), 128);
  if (seriesInstanceUid === undefined) return undefined;
  const imageCount = countOf(series.numberOfInstances);
  const modality = fitting(series.modality?.code, 16);
  const laterality = lateralityOf(series.laterality);
  return {
    seriesInstanceUid,
    ...(imageCount !== undefined && { imageCount }),
    ...(modality && { modality }),
    ...(laterality && { laterality }),
  };
}

/** A report; undefined where there is none yet (registered), or nobody knows how far it is. */
export function reportSaid(report: DiagnosticReport, from: ExamContext): Said<ReportFact> | undefined {
  const status = ownValue(reportStatuses, report.status);
  if (status === undefined) return undefined;
  const procedure = codedOf(report.code);
  const { identifier: own, basedOn, imagingStudy: studies, subject } = report;
  return {
    kind: "report",
    ...keysOf({ own, basedOn, studies, subject }, from),
    status,
    ...(procedure && { procedure }),
  };
}

/** diagnostic-report-status. One that was entered in error is taken back. */
const reportStatuses: Readonly<Record<string, ReportFact["status"]>> = {
  partial: "preliminary",
  preliminary: "preliminary",
  final: "final",
  amended: "corrected",
  corrected: "corrected",
  appended: "addendum",
  cancelled: "cancelled",
  "entered-in-error": "cancelled",
};

type Numbered = {
  readonly own: readonly FhirIdentifier[] | undefined;
  readonly basedOn?: readonly Reference[] | undefined;
  readonly studies?: readonly Reference[] | undefined;
  readonly subject: Reference | undefined;
};

/** The numbers of an exam: its own first, then those of the orders and studies that it names. */
function keysOf({ own = [], basedOn = [], studies = [], subject }: Numbered, from: ExamContext) {
  const orders = basedOn.flatMap((one) => identifiersOf(one, from.resolve));
  const numbers = [...own, ...orders, ...studies.flatMap((one) => identifiersOf(one, from.resolve))];
  const accession = accessionOf(numbers, from.place);
  const studyInstanceUid = studyUidOf(numbers);
  const placerNumber = orderNumberOf(numbers, "PLAC");
  // A report has a filler number of its own; an order's is the exam's.
  const fillerNumber = orderNumberOf([...orders, ...own], "FILL");
  const patient = patientSeen(subject, from);
  return {
    ...(accession && { accession }),
    ...(studyInstanceUid && { studyInstanceUid }),
    ...(placerNumber && { placerNumber }),
    ...(fillerNumber && { fillerNumber }),
    ...(patient && { patient }),
  };
}

/** What a reference says of the identifiers of what it leads to, and what that says itself where it came along. */
function identifiersOf(reference: Reference, resolve: Resolve): readonly FhirIdentifier[] {
  const own = reference.identifier === undefined ? [] : [reference.identifier];
  return [...own, ...(numberedSchema.safeParse(resolve(reference.reference)).data?.identifier ?? [])];
}

const numberedSchema = serviceRequestSchema.pick({ identifier: true });

function countOf(count: number | undefined): number | undefined {
  const isCount = count !== undefined && Number.isInteger(count) && count >= 0 && count <= 2_147_483_647;
  return isCount ? count : undefined;
}
