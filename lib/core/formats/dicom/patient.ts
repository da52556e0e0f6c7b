import type { Accession, PatientSeen, PersonName } from "@/lib/core/clinical/schema";
import { type Dataset, firstItemOf, textOf } from "./dataset";
import { dateOf } from "./date-time";
import { type NameParts, personNameOf } from "./person-name";
import type { DicomPlace } from "./schema";

/** The patient of a data set; undefined where it says nothing of one. */
export function patientOf(dataset: Dataset, place: DicomPlace): PatientSeen | undefined {
  const identifier = identifierOf(dataset, place);
  const names = namesOf(dataset);
  const birthDate = dateOf(dataset, "PatientBirthDate");
  const sex = (["M", "F", "O"] as const).find((known) => known === textOf(dataset, "PatientSex"));
  const patient = {
    ...(identifier && { identifiers: [identifier] }),
    ...(names.length > 0 && { names: [...names] }),
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
  };
  return Object.keys(patient).length === 0 ? undefined : patient;
}

/** The accession number with the issuer that the data set names (0008,0051), else the one of the place. */
export function accessionOf(dataset: Dataset, place: DicomPlace): Accession | undefined {
  const value = textOf(dataset, "AccessionNumber");
  if (value === undefined || value.length > 64) return undefined;
  const issuer = entityOf(firstItemOf(dataset, "IssuerOfAccessionNumberSequence")) ?? place.accessionIssuer;
  return { value, ...(issuer && { issuer }) };
}

function identifierOf(dataset: Dataset, place: DicomPlace) {
  const value = textOf(dataset, "PatientID");
  if (value === undefined || value.length > 64) return undefined;
  const qualifiers = firstItemOf(dataset, "IssuerOfPatientIDQualifiersSequence");
  const assigningAuthority =
    textOf(dataset, "IssuerOfPatientID")?.slice(0, 128) ??
    textOf(qualifiers, "UniversalEntityID")?.slice(0, 128) ??
    place.assigningAuthority;
  return { value, ...(assigningAuthority && { assigningAuthority }) };
}

/** An issuer by its local name, or by its universal one (PS3.3, 10.14). */
function entityOf(issuer: Dataset): string | undefined {
  const name = textOf(issuer, "LocalNamespaceEntityID") ?? textOf(issuer, "UniversalEntityID");
  return name?.slice(0, 128);
}

function namesOf(dataset: Dataset): readonly PersonName[] {
  const name = personNameOf(dataset, "PatientName") ?? {};
  return (["alphabetic", "ideographic", "phonetic"] as const).flatMap((script) => {
    const parts = name[script];
    return parts === undefined ? [] : [{ ...cutParts(parts), script }];
  });
}

function cutParts(parts: NameParts): NameParts {
  return Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, text.slice(0, 256)]));
}
