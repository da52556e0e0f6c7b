import { describe, expect, test } from "vitest";
import { openingSigns } from "@/lib/core/disclosure/opening-signs";

const aMessage = (pid5: string, pv116 = "") =>
  [
    "MSH|^~\\&|A|B|C|D|20260310||ADT^A01|1|P|2.5",
    `PID|1||1^^^H||${pid5}`,
    `PV1|1|I${"|".repeat(14)}${pv116}`,
  ].join("\r");
const signs = (isSameSurname: boolean, isSameName: boolean, isFlagged = false) => ({
  isSameSurname,
  isSameName,
  isFlagged,
});

describe("signs of an opening", () => {
  test.each([
    ["another surname", "Okafor^Ada", "Ada Ng", signs(false, false)],
    ["the surname", "NG^BEA", "Ada Ng", signs(true, false)],
    ["both names, in other spelling", "Müller-Lüd^ÁDA^Q", "Ada Muller Lüd", signs(true, true)],
    ["a surname of several words", "van den Berg^Jo", "Kim van den Berg", signs(true, false)],
    ["an end of the reader's surname only in letters", "erg^Jo", "Kim Berg", signs(false, false)],
    ["no given name", "Ng", "Ada Ng", signs(true, false)],
  ])("tell of %s", (_what, pid5, reader, expected) => {
    expect(openingSigns([aMessage(pid5)], reader)).toEqual(expected);
  });

  test.each([
    ["Y", true],
    ["VIP", true],
    ["N", false],
    ["", false],
    ['""', false],
  ])("tell of a flag %s", (flag, isFlagged) => {
    expect(openingSigns([aMessage("Okafor^Ada", flag)], "Bea Ng")).toEqual(signs(false, false, isFlagged));
  });

  test("are unknown where no part is HL7 or names a patient, and come from the first part that does", () => {
    expect(openingSigns(["", "{}", aMessage("")], "Ada Ng")).toBeUndefined();
    expect(openingSigns(["{}", aMessage("Ng^Ada")], "Ada Ng")).toEqual(signs(true, true));
  });
});
