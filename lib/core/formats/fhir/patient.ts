import type { ClinicalFact, PatientIdentifier, PatientSeen, PersonName } from "../../clinical/schema";
import { ownValue } from "../../own-value";
import { cut, patientIdentifiers } from "./identifiers";
import type { FhirPlace } from "./place";
import type { Resolve } from "./references";
import { type FhirPatient, fhirPatientSchema, type Reference } from "./schema";

type PatientFact = Extract<ClinicalFact, { kind: "patient" }>;

/** What a Patient resource says of who somebody is; the caller adds what is told of every fact. */
export function patientSaid(patient: FhirPatient, from: PatientContext) {
  const seen = demographicsOf(patient, from.place);
  const { deceasedBoolean, deceasedDateTime } = patient;
  const isDeceased = deceasedBoolean ?? (deceasedDateTime === undefined ? undefined : true);
  const mergedInto = linked(patient, "replaced-by", from)[0];
  const prior = linked(patient, "replaces", from);
  return {
    ...seen,
    ...(isDeceased !== undefined && { isDeceased }),
    ...(prior.length > 0 && { act: { what: "merge", prior: [...prior] } }),
    ...(mergedInto && { mergedInto }),
  } satisfies Omit<PatientFact, "kind" | "id" | "at">;
}

type PatientContext = { readonly place: FhirPlace; readonly resolve: Resolve };

/** The patient that a reference names: by the identifier in it, and by the resource where that came along. */
export function patientSeen(
  reference: Reference | undefined,
  { place, resolve }: PatientContext,
): PatientSeen | undefined {
  if (reference === undefined) return undefined;
  const resource = fhirPatientSchema.safeParse(resolve(reference.reference)).data;
  const own = reference.identifier === undefined ? [] : [reference.identifier];
  const seen = demographicsOf({ ...resource, identifier: [...own, ...(resource?.identifier ?? [])] }, place);
  return Object.keys(seen).length === 0 ? undefined : seen;
}

function demographicsOf(patient: FhirPatient, place: FhirPlace): PatientSeen {
  const identifiers = distinct(patientIdentifiers(patient.identifier ?? [], place));
  const names = (patient.name ?? []).flatMap((name) => nameOf(name) ?? []).slice(0, 20);
  const birthDate = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.exec(patient.birthDate ?? "")?.[0];
  const sex = ownValue(sexes, patient.gender);
  return {
    ...(identifiers.length > 0 && { identifiers: [...identifiers] }),
    ...(names.length > 0 && { names }),
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
  };
}

function distinct(identifiers: readonly PatientIdentifier[]): readonly PatientIdentifier[] {
  const byName = new Map<string, PatientIdentifier>();
  for (const one of identifiers) {
    const key = `${one.assigningAuthority ?? ""}|${one.value}`;
    if (byName.get(key)?.type === undefined) byName.set(key, one);
  }
  return [...byName.values()];
}

/** Identifiers of the patients that this one is linked with in this way. */
function linked(
  patient: FhirPatient,
  type: "replaces" | "replaced-by",
  from: PatientContext,
): readonly PatientIdentifier[] {
  const others = (patient.link ?? []).filter((link) => link.type === type);
  return others.flatMap(({ other }) => patientSeen(other, from)?.identifiers ?? []).slice(0, 50);
}

function nameOf(name: NonNullable<FhirPatient["name"]>[number]): PersonName | undefined {
  const [first, ...further] = name.given ?? [];
  const parts = {
    family: cut(name.family, 256),
    given: cut(first, 256),
    middle: cut(further.join(" "), 256),
    prefix: cut(name.prefix?.join(" "), 256),
    suffix: cut(name.suffix?.join(" "), 256),
  };
  if (parts.family === undefined && parts.given === undefined) return undefined;
  const use = ownValue(uses, name.use);
  const said = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  return { ...said, ...(use && { use }) };
}

/** administrative-gender. */
const sexes: Readonly<Record<string, NonNullable<PatientSeen["sex"]>>> = {
  male: "M",
  female: "F",
  other: "O",
  unknown: "U",
};

/** name-use; `usual` is what a name without a use is. */
const uses: Readonly<Record<string, NonNullable<PersonName["use"]>>> = {
  official: "legal",
  maiden: "maiden",
  nickname: "alias",
  anonymous: "alias",
  temp: "other",
  old: "other",
};
