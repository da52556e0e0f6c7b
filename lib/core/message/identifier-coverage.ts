import { proposeMapping } from "../interface/propose-mapping";

/** Identifiers that people look for. */
export const identifiers = ["controlId", "accession", "orderNumber", "mrn"] as const;
export type Identifier = (typeof identifiers)[number];

/** Why an identifier cannot be found on a channel, and what would make it known. */
export type Unknown = {
  readonly identifier: Identifier;
  /** `confirm`: a column seems to hold it, a person must say so. `add`: no column holds it. */
  readonly remedy:
    | { readonly kind: "confirm"; readonly column: string }
    | { readonly kind: "add"; readonly column: string };
};

type Channel = {
  readonly columns: readonly string[];
  /** As a person confirmed it: identifier → column. */
  readonly mapping: Readonly<Partial<Record<Identifier | "mrnAuthority", string | undefined>>>;
};

/**
 * What is not known of a polled channel, so that nothing found never reads as nothing there. A control id counts as
 * known where a column is named so: it identifies no patient and needs no confirmation.
 */
export function unknownIdentifiers({ columns, mapping }: Channel): readonly Unknown[] {
  const proposed = proposeMapping(columns);
  return identifiers.flatMap((identifier): readonly Unknown[] => {
    const column = proposed[identifier];
    const isMapped =
      mapping[identifier] !== undefined && (identifier !== "mrn" || mapping.mrnAuthority !== undefined);
    if (isMapped || (identifier === "controlId" && column !== undefined)) return [];
    if (column !== undefined) return [{ identifier, remedy: { kind: "confirm", column } }];
    return [{ identifier, remedy: { kind: "add", column: usualColumns[identifier] } }];
  });
}

/** Column names that are proposed for a mapping by themselves once they exist. */
const usualColumns: Readonly<Record<Identifier, string>> = {
  controlId: "CONTROL_ID",
  accession: "ACCESSION",
  orderNumber: "ORDER_NUMBER",
  mrn: "MRN",
};
