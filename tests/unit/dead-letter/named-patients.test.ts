import { describe, expect, test } from "vitest";
import { namedPatients } from "@/lib/core/dead-letter/named-patients";

const hl7 = (pid3: string) => `MSH|^~\\&|A|B|C|D|20260310||ADT^A08|1|P|2.5\rPID|1||${pid3}\r`;
const general = { value: "M-1", assigningAuthority: "GENERAL" };

describe("the patients of a payload that could not be stored", () => {
  test("are those of PID-3 with their issuer, each once", () => {
    expect(namedPatients(hl7("M-1^^^GENERAL^MR~M-1^^^GENERAL^PI~77^^^STATE^SS"))).toEqual([
      general,
      { value: "77", assigningAuthority: "STATE" },
    ]);
  });

  test("are found in JSON at any depth, and in HL7 that stands in it", () => {
    expect(namedPatients(JSON.stringify({ items: [{ patient: general }] }))).toEqual([general]);
    expect(namedPatients(JSON.stringify([{ raw: hl7("M-1^^^GENERAL") }]))).toEqual([general]);
  });

  test.each([
    { title: "an identifier without issuer", payload: hl7("M-1") },
    { title: "an issuer that is empty", payload: JSON.stringify({ value: "M-1", assigningAuthority: " " }) },
    {
      title: "an identifier that is a number",
      payload: JSON.stringify({ value: 1, assigningAuthority: "GENERAL" }),
    },
    { title: "text that is neither", payload: "M-1^^^GENERAL" },
  ])("are none for $title", ({ payload }) => expect(namedPatients(payload)).toEqual([]));

  test("are looked for however deep JSON is nested", () => {
    const depth = 5_000;
    const payload = `${"[".repeat(depth)}${JSON.stringify(general)}${"]".repeat(depth)}`;
    expect(namedPatients(payload)).toEqual([general]);
  });
});
