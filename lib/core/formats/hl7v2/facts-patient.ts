import type { ClinicalFact, PatientIdentifier, PatientSeen, PersonName } from "../../clinical/schema";
import type { Told } from "./facts-told";
import { firstValue, type LeanMessage, type LeanSegment, valuesOf } from "./lean";
import { partialDateOf } from "./times";

type PatientFact = Extract<ClinicalFact, { kind: "patient" }>;
type Act = NonNullable<PatientFact["act"]>["what"];

/** Trigger events of ADT that say who a patient is (HL7 v2.9, 3.3); the others speak of visits. */
const speaking = new Set(
  "A01 A04 A05 A08 A13 A14 A18 A24 A28 A30 A31 A34 A35 A36 A37 A39 A40 A41 A46 A47 A49 A51".split(" "),
);

/** What an event does to identifiers: MRG holds the prior ones, or a second PID the other one. */
const acts: Readonly<Record<string, Act>> = {
  A18: "merge",
  A30: "merge",
  A34: "merge",
  A35: "merge",
  A36: "merge",
  A39: "merge",
  A40: "merge",
  A41: "merge",
  A46: "changeId",
  A47: "changeId",
  A49: "changeId",
  A24: "link",
  A37: "unlink",
};

/** What an ADT message says of its patients: the one it is about and, after a merge, the one that no longer stands. */
export function patientFacts(message: LeanMessage, told: Told): readonly PatientFact[] {
  const event = told.event;
  if (!told.type.startsWith("ADT") || !speaking.has(event)) return [];
  const facts: PatientFact[] = [];
  const isPair = event === "A24" || event === "A37";
  const pids = message.segments.filter(({ name }) => name === "PID");
  const subjects = isPair ? pids.slice(0, 1) : pids;
  for (const pid of subjects) {
    const seen = patientOf(message, pid, told);
    const first = seen?.identifiers?.[0];
    if (seen === undefined || first === undefined) continue;
    const prior = isPair ? identifiersOf(message, pids[1], 3, told) : priorOf(message, pid, told);
    const act = acts[event];
    const common = {
      kind: "patient",
      at: told.at,
      observedSeq: told.seq,
      controlId: told.controlId,
    } as const;
    const isDeceased = firstValue(message, pid.fields()[30]);
    facts.push({
      ...common,
      id: patientId(first),
      ...seen,
      ...(isDeceased && { isDeceased: isDeceased === "Y" }),
      ...(act && prior.length > 0 && { act: { what: act, prior: [...prior] } }),
    });
    const gone = act === "merge" ? prior[0] : undefined;
    if (gone && patientId(gone) !== patientId(first)) {
      facts.push({ ...common, id: patientId(gone), identifiers: [...prior], mergedInto: first });
    }
  }
  return facts;
}

/** The patient that a segment names; undefined where there is neither an identifier nor a name. */
export function patientOf(
  message: LeanMessage,
  pid: LeanSegment | undefined,
  told: Pick<Told, "authority">,
): PatientSeen | undefined {
  if (pid === undefined) return undefined;
  const fields = pid.fields();
  const identifiers = identifiersOf(message, pid, 3, told);
  const names = valuesOf(message, fields[5]).flatMap((name) => nameOf(name.at) ?? []);
  if (identifiers.length === 0 && names.length === 0) return undefined;
  const birthDate = partialDateOf(firstValue(message, fields[7]));
  const sex = sexes[firstValue(message, fields[8]) ?? ""];
  return {
    ...(identifiers.length > 0 && { identifiers: identifiers.slice(0, 50) }),
    ...(names.length > 0 && { names: names.slice(0, 20) }),
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
  };
}

/** CX: value, authority by its namespace or else its universal id, type. */
function identifiersOf(
  message: LeanMessage,
  segment: LeanSegment | undefined,
  field: number,
  { authority }: Pick<Told, "authority">,
): readonly PatientIdentifier[] {
  return valuesOf(message, segment?.fields()[field]).flatMap(({ at }) => {
    const value = at(1);
    if (value === undefined || value.length > 64) return [];
    const assigningAuthority = (at(4) ?? at(4, 2) ?? authority)?.slice(0, 128);
    const type = at(5)?.slice(0, 16);
    return [{ value, ...(assigningAuthority && { assigningAuthority }), ...(type && { type }) }];
  });
}

/** MRG-1 of the segment that belongs to a PID: the next before another PID. */
function priorOf(message: LeanMessage, pid: LeanSegment, told: Told): readonly PatientIdentifier[] {
  const behind = message.segments.slice(message.segments.indexOf(pid) + 1);
  const next = behind.find(({ name }) => name === "PID" || name === "MRG");
  return next?.name === "MRG" ? identifiersOf(message, next, 1, told) : [];
}

function patientId({ value, assigningAuthority = "" }: PatientIdentifier): string {
  return `${value}^${assigningAuthority}`;
}

/** XPN: family, given, middle, suffix, prefix, degree, use, script. */
function nameOf(at: (component: number) => string | undefined): PersonName | undefined {
  const [family, given, middle, suffix, prefix] = [1, 2, 3, 4, 5].map((part) => at(part)?.slice(0, 256));
  if (family === undefined && given === undefined) return undefined;
  const use = uses[at(7) ?? ""];
  const script = scripts[at(8) ?? ""];
  return {
    ...(family && { family }),
    ...(given && { given }),
    ...(middle && { middle }),
    ...(suffix && { suffix }),
    ...(prefix && { prefix }),
    ...(use && { use }),
    ...(script && { script }),
  };
}

/** HL7 table 0001; A (ambiguous) and N (not applicable) are other. */
const sexes: Readonly<Record<string, NonNullable<PatientSeen["sex"]>>> = {
  M: "M",
  F: "F",
  O: "O",
  A: "O",
  N: "O",
  U: "U",
};

const uses: Readonly<Record<string, NonNullable<PersonName["use"]>>> = {
  L: "legal",
  D: "display",
  M: "maiden",
  A: "alias",
  B: "other",
  C: "other",
  N: "alias",
  S: "alias",
};

/** HL7 table 4000. */
const scripts: Readonly<Record<string, NonNullable<PersonName["script"]>>> = {
  A: "alphabetic",
  I: "ideographic",
  P: "phonetic",
};
