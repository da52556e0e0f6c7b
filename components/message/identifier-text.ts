import type { Identifier, Unknown } from "@/lib/core/message/identifier-coverage";

/** Identifiers as the field says them. */
export const identifierTitles: Readonly<Record<Identifier, string>> = {
  controlId: "control id",
  accession: "accession",
  orderNumber: "order number",
  mrn: "MRN",
};

/** What would make an identifier known: "add a custom metadata column ACCESSION at the engine". */
export function remedyText({ remedy }: Unknown): string {
  switch (remedy.kind) {
    case "confirm":
      return `confirm column ${remedy.column}`;
    case "add":
      return `add a custom metadata column ${remedy.column} at the engine`;
  }
}
