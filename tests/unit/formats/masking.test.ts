import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFaults } from "@/lib/core/formats/hl7v2/faults";
import { type MaskedSegment, maskHl7 } from "@/lib/core/formats/hl7v2/mask";
import { parseHl7 } from "@/lib/core/formats/hl7v2/parse";
import { maskContent } from "@/lib/core/formats/masking/mask-content";
import { maskJson } from "@/lib/core/formats/masking/mask-json";
import { maskShape } from "@/lib/core/formats/masking/mask-shape";
import { maskXml } from "@/lib/core/formats/masking/mask-xml";

const header = "MSH|^~\\&|ADT|WARD|RIS|RAD|20261124021000||ORM^O01|C1|P|2.5.1";
const mask = (body: string, acknowledgement = "") => {
  const message = parseHl7(`${header}\r${body}`);
  if (!message) throw new Error("not HL7");
  return maskHl7(message, readFaults(acknowledgement));
};
const textOf = (segment: MaskedSegment | undefined, field: number) =>
  segment?.fields[field - 1]?.repetitions
    .map(({ components }) =>
      components.map(({ values }) => values.map(({ text }) => text).join("&")).join("^"),
    )
    .join("~");

describe("the masked view of a message", () => {
  it("shows the header as it is", () => {
    const [msh] = mask("PID|1").segments;
    expect(textOf(msh, 9)).toBe("ORM^O01");
    expect(textOf(msh, 2)).toBe("^~\\&");
  });

  it("masks identifiers and names by shape, and shows who issued an identifier", () => {
    const pid = mask("PID|1||0012AB^^^GENERAL&1.2.3&ISO^MR||Mustermann^Erika||19700230").segments[1];
    expect(textOf(pid, 3)).toBe("9999XX^^^GENERAL&1.2.3&ISO^MR");
    expect(textOf(pid, 5)).toBe("Xxxxxxxxxx^Xxxxx");
  });

  it("points out an impossible date without showing it", () => {
    const pid = mask("PID|1||||||19700230").segments[1];
    expect(pid?.fields[6]).toMatchObject({ isBadDate: true });
    expect(textOf(pid, 7)).toBe("99999999");
    expect(mask("PID|1||||||19700228").segments[1]?.fields[6]?.isBadDate).toBe(false);
    expect(mask('PID|1||||||""').segments[1]?.fields[6]?.isBadDate).toBe(false);
  });

  it("shows what was measured and in which unit, and masks the result", () => {
    const obx = mask("OBX|1|NM|2345-7^Glucose^LN||187|mg/dL|||||F").segments[1];
    expect([textOf(obx, 3), textOf(obx, 5), textOf(obx, 6)]).toEqual(["2345-7^Glucose^LN", "999", "mg/dL"]);
  });

  it("shows the code system of a diagnosis, not the diagnosis", () => {
    expect(textOf(mask("DG1|1||C50.9^Text^I10").segments[1], 3)).toBe("X99.9^Xxxx^I10");
  });

  it("shows nothing of a segment it does not know", () => {
    expect(textOf(mask("ZPI|secret").segments[1], 1)).toBe("xxxxxx");
  });

  it("keeps escape sequences, which are structure, but not bytes, which are data", () => {
    expect(textOf(mask("NTE|1||one\\.br\\two\\X41\\").segments[1], 3)).toBe("xxx\\.br\\xxx\\X99\\");
    expect(textOf(mask("NTE|1||C:\\temp").segments[1], 3)).toBe("X:\\xxxx");
  });

  it("keeps the deletion marker and the length as written", () => {
    const value = mask('PID|1||||""').segments[1]?.fields[4]?.repetitions[0]?.components[0]?.values[0];
    expect(value).toEqual({ number: 1, text: '""', isMasked: false, length: 2 });
  });

  it("marks the field, and the component in the repetition, that the receiver named", () => {
    const body = "PID|1||A^^^H^MR~B^^^X^PI";
    const pid = mask(body, `${header}\rERR||PID^1^3^2^4|103|E`).segments[1];
    expect(pid?.fields[2]?.fault?.code).toBe("103");
    expect(
      pid?.fields[2]?.repetitions.map(({ components }) => components.map(({ isFaulty }) => isFaulty)),
    ).toEqual([
      [false, false, false, false, false],
      [false, false, false, true, false],
    ]);
  });

  it("marks the segment where the faulty field was not even sent", () => {
    const pv1 = mask("PV1|1|I", `${header}\rERR|PV1^1^44^101`).segments[1];
    expect(pv1?.fault?.code).toBe("101");
    expect(pv1?.fields.every(({ fault }) => fault === undefined)).toBe(true);
  });

  it("reports a fault in a segment that is missing", () => {
    const masked = mask("PID|1", `${header}\rERR||PV1|100|E`);
    expect(masked.missing.map(({ place }) => place?.segment)).toEqual(["PV1"]);
  });

  it("lets no letter or digit of a masked value through, and changes no length", () => {
    const value = fc.string({ unit: fc.constantFrom(..."abcQWZ0158 .-é\\") });
    fc.assert(
      fc.property(value, (text) => {
        const shown = mask(`PID|1||||${text}`).segments[1]?.fields[4]?.repetitions[0]?.components[0]
          ?.values[0];
        expect(shown?.length).toBe(text.length);
        expect(shown?.text ?? "").not.toMatch(/[abcQWZ0158é]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("masking of other formats", () => {
  it("keeps case, digits and punctuation apart, and marks letters outside ASCII", () => {
    expect(maskShape("Ab-9 (ö)")).toBe("Xx-9 (ẍ)");
  });

  it("keeps JSON's names, nesting and vocabularies", () => {
    const text =
      '{"resourceType":"Patient","name":[{"family":"Abc"}],"n":42,"code":{"system":"urn:x","code":"Q1"}}';
    expect(JSON.parse(maskJson(text) ?? "")).toEqual({
      resourceType: "Patient",
      name: [{ family: "Xxx" }],
      n: "99",
      code: { system: "urn:x", code: "X9" },
    });
    expect(maskJson("{")).toBeUndefined();
  });

  it("keeps XML's elements and vocabularies, and masks text, comments, CDATA and attribute values", () => {
    expect(maskXml('<a xmlns="urn:h" id="Q1">Abc<!-- Q1 --><![CDATA[Q<1]]></a>')).toBe(
      '<a xmlns="urn:h" id="X9">Xxx<!-- X9 --><![XXXXX[X<9]]></a>',
    );
    expect(maskXml('<code codeSystem="2.16" code="C50"/>')).toBe('<code codeSystem="2.16" code="X99"/>');
  });

  it("masks the text of broken XML too", () => {
    expect(maskXml("<a>Secret <b Secret")).not.toMatch(/Secret/);
    expect(maskXml("Secret")).toBe("Xxxxxx");
  });

  it("goes by what a content is", () => {
    expect(maskContent(`${header}\rPID|1`).kind).toBe("hl7");
    expect(maskContent(' {"a":"Abc"}')).toMatchObject({ format: "json" });
    expect(maskContent("<a>Abc</a>")).toMatchObject({ format: "xml", text: "<a>Xxx</a>" });
    expect(maskContent("{broken Abc")).toMatchObject({ format: "other", text: "{xxxxxx Xxx" });
  });
});
