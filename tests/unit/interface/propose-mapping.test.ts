import { describe, expect, test } from "vitest";
import { proposeMapping } from "@/lib/core/interface/propose-mapping";

describe("proposing what columns hold", () => {
  test("knows the usual names, however they are spelt", () => {
    expect(
      proposeMapping(["SOURCE", "TYPE", "Control-ID", "ACCESSION_NUMBER", "placer order", "Mrn"]),
    ).toEqual({
      controlId: "Control-ID",
      accession: "ACCESSION_NUMBER",
      orderNumber: "placer order",
      mrn: "Mrn",
    });
  });

  test("proposes nothing for names that say nothing", () => {
    expect(proposeMapping(["SOURCE", "TYPE", "FOO", "MRN_COUNT"])).toEqual({});
  });

  test("takes the surer of two names: the placer's order number before the filler's", () => {
    expect(proposeMapping(["FILLER_ORDER", "PLACER_ORDER"])).toEqual({ orderNumber: "PLACER_ORDER" });
  });

  test("never proposes an issuer: a name cannot tell it", () => {
    expect(proposeMapping(["MRN", "MRN_AUTHORITY", "ASSIGNING_AUTHORITY"])).toEqual({ mrn: "MRN" });
  });
});
