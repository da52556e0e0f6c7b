import { demoAuthority, type InventedPatient, inventedPatient } from "../patients";
import type { ChannelSpec } from "./channel-spec";
import type { MessageFacts } from "./stored-message";

/** The body that a message would have had: HL7 v2 with carriage returns, or FHIR JSON. Always the same for the same facts. */
export function messageText(spec: ChannelSpec, facts: MessageFacts): string {
  const patient = inventedPatient(facts.patient);
  if (!facts.messageType.includes("^")) return fhirText(facts, patient);
  const segments = [
    `MSH|^~\\&|${spec.sender}|${demoAuthority}|${spec.receiver}|${demoAuthority}|${stamp(facts.createdAtMs)}||${facts.messageType}|${facts.controlId}|P|2.5.1`,
    ...eventSegment(facts),
    pidSegment(patient, facts),
    ...(facts.segments ?? bodySegments(facts, patient)),
  ];
  return `${segments.join("\r")}\r`;
}

/** The acknowledgement to a message: MSA-1 and, for an error, an ERR segment with its table 0357 code. */
export function acknowledgementText(given: {
  readonly spec: ChannelSpec;
  readonly facts: MessageFacts;
  readonly ackCode: "AA" | "AE" | "AR";
  readonly atMs: number;
}): string {
  const { spec, facts, ackCode, atMs } = given;
  const event = facts.messageType.split("^")[1] ?? "";
  const header = `MSH|^~\\&|${spec.receiver}|${demoAuthority}|${spec.sender}|${demoAuthority}|${stamp(atMs)}||ACK^${event}|${facts.controlId}A|P|2.5.1`;
  switch (ackCode) {
    case "AA":
      return `${header}\rMSA|AA|${facts.controlId}\r`;
    case "AE":
      return `${header}\rMSA|AE|${facts.controlId}|Application error\rERR||PID^1^3|101|E|||Required field missing\r`;
    case "AR":
      return `${header}\rMSA|AR|${facts.controlId}|Rejected\rERR|||201|E|||Unsupported event code\r`;
  }
}

/** HL7 time stamp to the second, in UTC. */
export function stamp(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:T]/g, "").slice(0, 14);
}

function eventSegment(facts: MessageFacts): readonly string[] {
  const [family, event] = facts.messageType.split("^");
  const hasEvent = family === "ADT" || family === "MDM";
  return hasEvent ? [`EVN|${event ?? ""}|${stamp(facts.createdAtMs)}`] : [];
}

function pidSegment(patient: InventedPatient, facts: MessageFacts): string {
  const poison = facts.controlCharacter === undefined ? "" : "\u0001";
  return `PID|1||${patient.mrn}^^^${demoAuthority}^MR||${patient.family}^${patient.given}^Q${poison}||${patient.birthDate}|${patient.sex}|||1 Test St^^Testville^ZZ^00000`;
}

function bodySegments(facts: MessageFacts, patient: InventedPatient): readonly string[] {
  const at = stamp(facts.createdAtMs);
  const family = facts.messageType.split("^")[0] ?? "";
  const visit = `PV1|1|I|W4^107^A|||||||||||||||||${patient.visitNumber}`;
  const order = `ORC|NW|${facts.orderNumber}|||||^^^${at}^^R`;
  const request = `OBR|1|${facts.orderNumber}|${facts.accession}|CBC^Complete blood count^L|||${at}`;
  switch (family) {
    case "ORM":
    case "OMI":
    case "RDE":
      return [visit, order, request];
    case "ORU":
    case "MDM":
      return [
        order.replace("|NW|", "|RE|"),
        request,
        `OBX|1|NM|HGB^Haemoglobin^L||13.${facts.patient % 10}|g/dL|||||F`,
      ];
    case "DFT":
      return [visit, `FT1|1|||${at}||CG|99213^Office visit^L|||1`];
    case "SIU":
      return [`SCH|${facts.orderNumber}|||||ROUTINE^Routine^L|||30|MIN`, visit];
    case "VXU":
      return [`ORC|RE||${facts.orderNumber}`, `RXA|0|1|${at}|${at}|140^Influenza^CVX|0.5|mL`];
    default:
      return [visit];
  }
}

function fhirText(facts: MessageFacts, patient: InventedPatient): string {
  return JSON.stringify({
    resourceType: facts.messageType,
    id: facts.controlId.toLowerCase(),
    identifier: [
      { system: "urn:example:mrn", value: patient.mrn },
      { system: "urn:example:accession", value: facts.accession },
    ],
    name: [{ family: patient.family, given: [patient.given] }],
    gender: patient.sex === "F" ? "female" : "male",
    birthDate: patient.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"),
  });
}
