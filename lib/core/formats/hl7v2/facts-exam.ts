import type { Accession, ClinicalFact, OrderNumber } from "../../clinical/schema";
import { patientOf } from "./facts-patient";
import type { Told } from "./facts-told";
import { findLean, firstValue, type LeanMessage, type LeanSegment, valuesOf } from "./lean";
import { instantOf } from "./times";

type OrderFact = Extract<ClinicalFact, { kind: "order" }>;
type ReportFact = Extract<ClinicalFact, { kind: "report" }>;

/** What an order or result message says of each exam in it: one group from ORC (or OBR where there is none) to the next. */
export function examFacts(message: LeanMessage, told: Told): readonly ClinicalFact[] {
  const isOrder = /^(ORM|OMI|OMG|ORR|ORI|ORG)$/.test(told.type);
  const isReport = told.type === "ORU" || told.type === "MDM";
  if (!isOrder && !isReport) return [];
  const patient = patientOf(message, findLean(message, "PID"), told);
  return groupsOf(message).flatMap((group): readonly ClinicalFact[] => {
    const keys = { ...keysOf(group), ...(patient && { patient }) };
    const fact = isOrder ? orderOf(group, { told, keys }) : reportOf(group, { told, keys });
    return fact === undefined ? [] : [fact];
  });
}

type Group = {
  readonly message: LeanMessage;
  readonly field: (name: string, field: number) => string | undefined;
};

/** ORC-1 to the next ORC; what stands before the first belongs to all. */
function groupsOf(message: LeanMessage): readonly Group[] {
  const opener = findLean(message, "ORC") ? "ORC" : "OBR";
  const starts = message.segments.flatMap(({ name }, i) => (name === opener ? [i] : []));
  if (starts.length === 0 && findLean(message, "TXA") === undefined) return [];
  const ends = [...starts.slice(1), message.segments.length];
  const parts =
    starts.length === 0 ? [message.segments] : starts.map((from, i) => message.segments.slice(from, ends[i]));
  return parts.slice(0, MAX_GROUPS).map((segments) => groupOf({ ...message, segments }));
}

const MAX_GROUPS = 200;

function groupOf(message: LeanMessage): Group {
  const found = new Map<string, LeanSegment>();
  for (const segment of message.segments) if (!found.has(segment.name)) found.set(segment.name, segment);
  return { message, field: (name, field) => found.get(name)?.fields()[field] };
}

type Keys = Pick<OrderFact, "accession" | "studyInstanceUid" | "placerNumber" | "fillerNumber" | "patient">;

/** Accession: IPC-1 or, as IHE has it, OBR-18. Study: IPC-3, ZDS-1 or the observation that names it. */
function keysOf({ message, field }: Group): Keys {
  const accession = accessionOf(message, field("IPC", 1)) ?? accessionOf(message, field("OBR", 18));
  const studyInstanceUid =
    firstValue(message, field("IPC", 3)) ?? firstValue(message, field("ZDS", 1)) ?? observedStudy(message);
  const placerNumber = numberOf(message, [field("ORC", 2), field("OBR", 2), field("TXA", 14)]);
  const fillerNumber = numberOf(message, [field("ORC", 3), field("OBR", 3), field("TXA", 15)]);
  return {
    ...(accession && { accession }),
    ...(studyInstanceUid && { studyInstanceUid: studyInstanceUid.slice(0, 128) }),
    ...(placerNumber && { placerNumber }),
    ...(fillerNumber && { fillerNumber }),
  };
}

function accessionOf(message: LeanMessage, field: string | undefined): Accession | undefined {
  const [first] = valuesOf(message, field);
  const value = first?.at(1);
  if (value === undefined || value.length > 64) return undefined;
  const issuer = (first?.at(2) ?? first?.at(3))?.slice(0, 128);
  return { value, ...(issuer && { issuer }) };
}

/** EI: number, namespace, universal id. */
function numberOf(message: LeanMessage, fields: readonly (string | undefined)[]): OrderNumber | undefined {
  for (const field of fields) {
    const [first] = valuesOf(message, field);
    const value = first?.at(1);
    if (value === undefined || value.length > 128) continue;
    const namespace = (first?.at(2) ?? first?.at(3))?.slice(0, 128);
    return { value, ...(namespace && { namespace }) };
  }
  return undefined;
}

/** IHE RAD: OBX-3 113014 (DICOM Study), OBX-5 its UID. */
function observedStudy(message: LeanMessage): string | undefined {
  const names = message.segments.find(
    ({ name, fields }) => name === "OBX" && firstValue(message, fields()[3]) === "113014",
  );
  return names && firstValue(message, names.fields()[5]);
}

type Of = { readonly told: Told; readonly keys: Keys };

function common({ told, keys }: Of, id: OrderNumber) {
  const { at, seq, controlId } = told;
  return {
    id: `${id.value}^${id.namespace ?? ""}`,
    at,
    observedSeq: seq,
    ...(controlId && { controlId }),
    ...keys,
  };
}

function orderOf({ message, field }: Group, of: Of): OrderFact | undefined {
  const number = of.keys.placerNumber ?? of.keys.fillerNumber;
  if (number === undefined) return undefined;
  const value = (name: string, at: number, component = 1) => firstValue(message, field(name, at), component);
  const control = value("ORC", 1)?.slice(0, 8);
  const status =
    endings[control ?? ""] ?? statuses[value("ORC", 5) ?? ""] ?? (control === "NW" ? "requested" : undefined);
  const priority =
    priorities[value("TQ1", 9) ?? value("ORC", 7, 6) ?? value("OBR", 27, 6) ?? value("OBR", 5) ?? ""];
  const modality = modalityOf(value("IPC", 5) ?? value("OBR", 24));
  const orderedAt = instantOf(value("ORC", 9), of.told.zone);
  const scheduledAt = instantOf(value("TQ1", 7) ?? value("ORC", 7, 4) ?? value("OBR", 36), of.told.zone);
  const procedure = codedOf(message, field("OBR", 4));
  return {
    kind: "order",
    ...common(of, number),
    ...(control && { control }),
    ...(status && { status }),
    ...(procedure && { procedure }),
    ...(modality && { modality }),
    ...(priority && { priority }),
    ...(orderedAt && { orderedAt }),
    ...(scheduledAt && { scheduledAt }),
  };
}

/** ORC-1 that ends or holds an order, whatever ORC-5 says. */
const endings: Readonly<Record<string, OrderFact["status"]>> = {
  CA: "cancelled",
  OC: "cancelled",
  CR: "cancelled",
  DC: "discontinued",
  OD: "discontinued",
  DR: "discontinued",
  HD: "held",
  OH: "held",
  HR: "held",
};

/** HL7 table 0038. */
const statuses: Readonly<Record<string, OrderFact["status"]>> = {
  SC: "scheduled",
  IP: "inProgress",
  A: "inProgress",
  CM: "completed",
  CA: "cancelled",
  DC: "discontinued",
  HD: "held",
};

/** HL7 tables 0485 and 0027. */
const priorities: Readonly<Record<string, OrderFact["priority"]>> = {
  S: "stat",
  A: "asap",
  U: "urgent",
  T: "urgent",
  R: "routine",
};

/** OBR-24 may also name a department: only what DICOM calls a modality is one (PS3.3 C.7.3.1.1.1). */
function modalityOf(text: string | undefined): string | undefined {
  return text !== undefined && modalities.has(text) ? text : undefined;
}

const modalities = new Set(
  "BI BMD CR CT DG DX ECG EPS ES GM HC IO IVOCT IVUS LS MG MR NM OCT OP OPT OT PT PX RF RG RTIMAGE SC SM US VL XA XC".split(
    " ",
  ),
);

function codedOf(message: LeanMessage, field: string | undefined): OrderFact["procedure"] {
  const [first] = valuesOf(message, field);
  const [code, text, system] = [
    first?.at(1)?.slice(0, 64),
    first?.at(2)?.slice(0, 256),
    first?.at(3)?.slice(0, 128),
  ];
  if (code === undefined && text === undefined) return undefined;
  return { ...(code && { code }), ...(system && { system }), ...(text && { text }) };
}

function reportOf({ message, field }: Group, of: Of): ReportFact | undefined {
  const document = numberOf(message, [field("TXA", 12)]);
  const number = of.keys.fillerNumber ?? document ?? of.keys.placerNumber;
  const status =
    of.told.type === "MDM"
      ? documentStatus(firstValue(message, field("TXA", 17)), of.told.event)
      : resultStatus(firstValue(message, field("OBR", 25)));
  if (number === undefined || status === undefined) return undefined;
  const procedure = codedOf(message, field("OBR", 4));
  const isCritical = message.segments.some(
    ({ name, fields }) =>
      name === "OBX" && valuesOf(message, fields()[8]).some(({ at }) => critical.has(at(1) ?? "")),
  );
  return {
    kind: "report",
    ...common(of, number),
    status,
    ...(procedure && { procedure }),
    ...(isCritical && { isCritical }),
  };
}

/** OBX-8, HL7 table 0078: critical or panic values. */
const critical = new Set(["AA", "HH", "LL", "HHH", "LLL"]);

/** OBR-25, HL7 table 0123; a result that is only scheduled or in work is no report yet. */
function resultStatus(code: string | undefined): ReportFact["status"] | undefined {
  switch (code) {
    case "F":
      return "final";
    case "P":
    case "R":
    case "A":
      return "preliminary";
    case "C":
      return "corrected";
    case "X":
      return "cancelled";
    default:
      return undefined;
  }
}

/** The event says what was done to a document, TXA-17 (HL7 table 0271) how finished it is. */
function documentStatus(completion: string | undefined, event: string): ReportFact["status"] {
  if (event === "T11") return "cancelled";
  if (event === "T05" || event === "T06") return "addendum";
  if (event === "T07" || event === "T08" || event === "T09" || event === "T10") return "corrected";
  return completion === "AU" || completion === "LA" ? "final" : "preliminary";
}
