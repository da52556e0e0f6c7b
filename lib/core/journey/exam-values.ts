import type { ClinicalFact, OrderNumber, PatientIdentifier, PersonName } from "../clinical/schema";

/** One field of a fact in clear, as a person compares it. */
export type ExamValue = { readonly label: string; readonly value: string };

/** The patient and the numbers that one source tells of one object; fields it does not speak of are left out. */
export function valuesOf(fact: ClinicalFact): readonly ExamValue[] {
  if (fact.kind === "patient") return people(fact);
  const { accession, placerNumber, fillerNumber, studyInstanceUid, patient } = fact;
  return [
    ...field("Accession", accession && withSource(accession.value, accession.issuer)),
    ...field("Placer number", orderNumber(placerNumber)),
    ...field("Filler number", orderNumber(fillerNumber)),
    ...field("Study UID", studyInstanceUid),
    ...(fact.kind === "study" ? field("Description", fact.description) : []),
    ...people(patient ?? {}),
  ];
}

type Person = {
  readonly identifiers?: readonly PatientIdentifier[] | undefined;
  readonly names?: readonly PersonName[] | undefined;
  readonly birthDate?: string | undefined;
  readonly sex?: string | undefined;
};

function people({ identifiers = [], names = [], birthDate, sex }: Person): readonly ExamValue[] {
  return [
    ...identifiers.map((of) => ({
      label: of.type ?? "Identifier",
      value: withSource(of.value, of.assigningAuthority ?? "issuer missing"),
    })),
    ...names.flatMap((name) => field(name.use === undefined ? "Name" : `Name, ${name.use}`, fullName(name))),
    ...field("Birth date", birthDate),
    ...field("Sex", sex),
  ];
}

/** "QUILLFEATHER, Anna Maria (Dr., Jr.)" */
function fullName({ family, given, middle, prefix, suffix }: PersonName): string | undefined {
  const first = [given, middle].filter(Boolean).join(" ");
  const titles = [prefix, suffix].filter(Boolean).join(", ");
  const name = [family, first].filter(Boolean).join(", ");
  return name === "" ? undefined : `${name}${titles === "" ? "" : ` (${titles})`}`;
}

function orderNumber(number: OrderNumber | undefined): string | undefined {
  return number && withSource(number.value, number.namespace);
}

function withSource(value: string, source: string | undefined): string {
  return source === undefined ? value : `${value} · ${source}`;
}

function field(label: string, value: string | undefined): readonly ExamValue[] {
  return value === undefined || value === "" ? [] : [{ label, value }];
}
