import { describe, expect, it } from "vitest";
import { proposeMapping } from "@/lib/core/interface/propose-mapping";
import { identifiers, unknownIdentifiers } from "@/lib/core/message/identifier-coverage";

const unknown = (columns: readonly string[], mapping = {}) =>
  unknownIdentifiers({ columns, mapping }).map(({ identifier, remedy }) => [
    identifier,
    remedy.kind,
    remedy.column,
  ]);

describe("what cannot be found on a channel", () => {
  it("is everything where the engine keeps only its default columns, with the column to add for each", () => {
    expect(unknown(["SOURCE", "TYPE"])).toEqual([
      ["controlId", "add", "CONTROL_ID"],
      ["accession", "add", "ACCESSION"],
      ["orderNumber", "add", "ORDER_NUMBER"],
      ["mrn", "add", "MRN"],
    ]);
  });

  it("waits for a person where a column only seems to hold an identifier, except for the control id", () => {
    expect(unknown(["CONTROL_ID", "ACCESSION", "ORDER_NUMBER", "MRN"])).toEqual([
      ["accession", "confirm", "ACCESSION"],
      ["orderNumber", "confirm", "ORDER_NUMBER"],
      ["mrn", "confirm", "MRN"],
    ]);
  });

  it("is nothing once all is mapped, an MRN together with its issuer", () => {
    const mapping = { controlId: "A", accession: "B", orderNumber: "C", mrn: "D", mrnAuthority: "H" };
    expect(unknown(["A", "B", "C", "D"], mapping)).toEqual([]);
    expect(unknown(["MRN"], { ...mapping, mrnAuthority: undefined })).toEqual([["mrn", "confirm", "MRN"]]);
  });

  it("names columns that are recognised once they are added", () => {
    for (const { identifier, remedy } of unknownIdentifiers({ columns: [], mapping: {} })) {
      expect(proposeMapping([remedy.column])[identifier]).toBe(remedy.column);
    }
    expect(identifiers).toHaveLength(4);
  });
});
