import type { ClinicalFact, PatientIdentifier } from "./schema";

/** A number by which a fact is found, with what makes it unique. */
export type NamedNumber = { readonly value: string; readonly namespace: string };

/** A patient's number with the authority that assigned it. */
type IssuedIdentifier = { readonly value: string; readonly assigningAuthority: string };

/** The numbers of one fact, each kind apart. Without an issuer an accession belongs to a numbering of its own, named "". */
export type FactNumbers = {
  readonly accession: NamedNumber | undefined;
  readonly studyInstanceUid: string | undefined;
  readonly orders: readonly NamedNumber[];
  /** Only those with an assigning authority: a number alone names nobody. */
  readonly patients: readonly IssuedIdentifier[];
};

/** By which numbers a fact can be found. */
export function numbersOf(fact: ClinicalFact): FactNumbers {
  if (fact.kind === "patient") {
    const all = [...(fact.identifiers ?? []), ...(fact.act?.prior ?? []), fact.mergedInto];
    return { accession: undefined, studyInstanceUid: undefined, orders: [], patients: withAuthority(all) };
  }
  const { accession, studyInstanceUid, placerNumber, fillerNumber, patient } = fact;
  return {
    accession: accession && { value: accession.value, namespace: accession.issuer ?? "" },
    studyInstanceUid,
    orders: [placerNumber, fillerNumber].flatMap((number) =>
      number === undefined ? [] : [{ value: number.value, namespace: number.namespace ?? "" }],
    ),
    patients: withAuthority(patient?.identifiers ?? []),
  };
}

function withAuthority(identifiers: readonly (PatientIdentifier | undefined)[]): readonly IssuedIdentifier[] {
  return identifiers.flatMap((identifier) => {
    const { value, assigningAuthority } = identifier ?? {};
    return value === undefined || assigningAuthority === undefined ? [] : [{ value, assigningAuthority }];
  });
}
