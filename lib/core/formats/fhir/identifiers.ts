import type { Accession, OrderNumber, PatientIdentifier } from "../../clinical/schema";
import { ownValue } from "../../own-value";
import type { FhirPlace } from "./place";
import type { Coding, Concept, FhirIdentifier } from "./schema";

/** A text of 1 to `most` characters; undefined for an empty one, and for a longer one that would name another thing if cut. */
export function fitting(text: string | undefined, most: number): string | undefined {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" || trimmed.length > most ? undefined : trimmed;
}

/** Words for people, cut where they are too long; undefined for none. */
export function cut(text: string | undefined, most: number): string | undefined {
  return text?.trim().slice(0, most).trim() || undefined;
}

/** Who gave out a number: its system (an OID without its prefix, as other feeds write it), else who assigned it. */
export function issuerOf({ system, assigner }: FhirIdentifier): string | undefined {
  return (
    fitting(system?.replace(/^urn:oid:/i, ""), 128) ??
    fitting(assigner?.identifier?.value, 128) ??
    fitting(assigner?.display, 128)
  );
}

/** What kind of number it is: HL7 table 0203, such as MR, ACSN, PLAC or FILL. */
export function typeOf({ type }: FhirIdentifier): string | undefined {
  return type?.coding?.flatMap(({ code }) => fitting(code, 16) ?? [])[0];
}

export function patientIdentifiers(
  given: readonly FhirIdentifier[],
  place: FhirPlace,
): readonly PatientIdentifier[] {
  return given
    .flatMap((one): readonly PatientIdentifier[] => {
      const value = fitting(one.value, 64);
      if (value === undefined) return [];
      const assigningAuthority = issuerOf(one) ?? place.assigningAuthority;
      const type = typeOf(one);
      return [{ value, ...(assigningAuthority && { assigningAuthority }), ...(type && { type }) }];
    })
    .slice(0, 50);
}

export function accessionOf(given: readonly FhirIdentifier[], place: FhirPlace): Accession | undefined {
  for (const one of given) {
    const value = typeOf(one) === "ACSN" ? fitting(one.value, 64) : undefined;
    if (value === undefined) continue;
    const issuer = issuerOf(one) ?? place.accessionIssuer;
    return { value, ...(issuer && { issuer }) };
  }
  return undefined;
}

export function orderNumberOf(
  given: readonly FhirIdentifier[],
  type: "PLAC" | "FILL",
): OrderNumber | undefined {
  for (const one of given) {
    const value = typeOf(one) === type ? fitting(one.value, 128) : undefined;
    if (value === undefined) continue;
    const namespace = issuerOf(one);
    return { value, ...(namespace && { namespace }) };
  }
  return undefined;
}

/** The study instance UID: `urn:oid:<uid>` in the system `urn:dicom:uid`. Some leave out the prefix. */
export function studyUidOf(given: readonly FhirIdentifier[]): string | undefined {
  for (const { system, value } of given) {
    const uid = system === "urn:dicom:uid" ? value?.trim().replace(/^urn:oid:/i, "") : undefined;
    if (uid !== undefined && /^[0-9.]{1,128}$/.test(uid)) return uid;
  }
  return undefined;
}

/** A coded thing: the first coding that has a code, with the words for it. */
export function codedOf(concept: Concept | undefined) {
  const coding = concept?.coding?.find(({ code }) => fitting(code, 64)) ?? concept?.coding?.[0];
  const code = fitting(coding?.code, 64);
  const system = code && fitting(coding?.system?.replace(/^urn:oid:/i, ""), 128);
  const words = cut(concept?.text, 256) ?? cut(coding?.display, 256);
  if (code === undefined && words === undefined) return undefined;
  return { ...(code && { code }), ...(system && { system }), ...(words && { text: words }) };
}

/** SNOMED CT, value set bodysite-laterality and the plain sides. */
const sides: Readonly<Record<string, "L" | "R" | "B">> = {
  "419161000": "L",
  "7771000": "L",
  "419465000": "R",
  "24028007": "R",
  "51440002": "B",
};

export function lateralityOf(coding: Coding | undefined): "L" | "R" | "B" | undefined {
  return ownValue(sides, coding?.code);
}
