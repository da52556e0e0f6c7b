import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeValue, unescapeValue } from "@/lib/core/formats/hl7v2/escapes";
import { findSegment, readFaults } from "@/lib/core/formats/hl7v2/faults";
import { parseHl7, printHl7 } from "@/lib/core/formats/hl7v2/parse";
import { usualSeparators } from "@/lib/core/formats/hl7v2/separators";

const header = "MSH|^~\\&|ADT|WARD|RIS|RAD|20261124021000||ORM^O01|C1|P|2.5.1";
const parsed = (text: string) => {
  const message = parseHl7(text);
  if (!message) throw new Error("not HL7");
  return message;
};

describe("reading HL7 v2", () => {
  it("numbers the fields of MSH as the standard does: the delimiters are 1 and 2", () => {
    const [msh] = parsed(`${header}\r`).segments;
    expect(msh?.fields[0]).toEqual([[["|"]]]);
    expect(msh?.fields[1]).toEqual([[["^~\\&"]]]);
    expect(msh?.fields[8]).toEqual([[["ORM"], ["O01"]]]);
    expect(msh?.fields[9]).toEqual([[["C1"]]]);
  });

  it("splits repetitions, components and sub-components", () => {
    const pid = parsed(`${header}\rPID|1||A^^^H&1.2&ISO~B`).segments[1];
    expect(pid?.fields[2]).toEqual([[["A"], [""], [""], ["H", "1.2", "ISO"]], [["B"]]]);
  });

  it("takes the delimiters from the message, not from custom", () => {
    const message = parsed("MSH*:+!%*A*B\rPID*1**A:B+C:D%E");
    expect(message.separators).toEqual({
      field: "*",
      component: ":",
      repetition: "+",
      escapeMark: "!",
      subcomponent: "%",
    });
    expect(message.segments[1]?.fields[2]).toEqual([
      [["A"], ["B"]],
      [["C"], ["D", "E"]],
    ]);
  });

  it("splits nothing by delimiters that MSH-2 does not name", () => {
    const message = parsed("MSH|^|A|B\rPID|1||A^B~C&D");
    expect(message.segments[1]?.fields[2]).toEqual([[["A"], ["B~C&D"]]]);
  });

  it("ends segments at CR, LF or CR LF, even mixed in one message", () => {
    const message = parsed(`${header}\rEVN|A01\nPID|1\r\nPV1|1`);
    expect(message.segments.map(({ name, ending }) => [name, ending])).toEqual([
      ["MSH", "\r"],
      ["EVN", "\n"],
      ["PID", "\r\n"],
      ["PV1", ""],
    ]);
  });

  it("accepts a byte order mark and MLLP framing, and keeps them", () => {
    const text = `\uFEFF\u000B${header}\rPID|1\r\u001C\r`;
    const message = parsed(text);
    expect(message.segments).toHaveLength(2);
    expect(printHl7(message)).toBe(text);
  });

  it("reads batch headers like message headers", () => {
    expect(parsed(`FHS|^~\\&|A\rBHS|^~\\&|B\r${header}`).segments[1]?.fields[2]).toEqual([[["B"]]]);
  });

  it("refuses what has no header segment", () => {
    for (const text of ["", "PID|1", "<xml/>", "MSH", "MSHA", '{"a":1}'])
      expect(parseHl7(text)).toBeUndefined();
  });

  it("gives back exactly the text it has read, whatever the text", () => {
    const body = fc.string({
      unit: fc.constantFrom(...'|^~\\&\r\n"AB1 é\u001C\u0000', "MSH|", "PID|"),
      maxLength: 80,
    });
    fc.assert(
      fc.property(fc.constantFrom("", "\uFEFF", "\u000B", " \r\n"), body, (before, rest) => {
        const text = `${before}MSH|^~\\&|${rest}`;
        expect(printHl7(parsed(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("gives back the text with any delimiters a sender may choose", () => {
    const delimiters = fc.uniqueArray(fc.constantFrom(..."|^~\\&*:+!%$#@"), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        delimiters,
        fc.string({ unit: fc.constantFrom(..."|^~\\&*:+!%$#@A\r") }),
        (chosen, rest) => {
          const [field = "|", ...encoding] = chosen;
          const text = `MSH${field}${encoding.join("")}${field}${rest}`;
          expect(printHl7(parsed(text))).toBe(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("reads a field of ten megabytes and a million repetitions", () => {
    const message = parsed(
      `${header}\rOBX|1|ED|||${"A".repeat(10_000_000)}\rNTE|1||${"x~".repeat(1_000_000)}`,
    );
    expect(message.segments[2]?.fields[2]).toHaveLength(1_000_001);
  });
});

describe("escape sequences", () => {
  const read = (text: string) => unescapeValue(text, usualSeparators);

  it("resolves delimiters, line ends and bytes, and drops highlighting", () => {
    expect(read("A\\T\\B\\F\\C\\S\\D\\R\\E\\E\\F")).toBe("A&B|C^D~E\\F");
    expect(read("one\\.br\\two \\H\\bold\\N\\ \\X41E9\\")).toBe("one\ntwo bold Aé");
  });

  it("keeps what it does not know, and a lone escape character", () => {
    expect(read("\\Z1\\ \\C2842\\")).toBe("\\Z1\\ \\C2842\\");
    expect(read("C:\\temp")).toBe("C:\\temp");
  });

  it("leaves everything alone where the message names no escape character", () => {
    expect(unescapeValue("\\F\\", { ...usualSeparators, escapeMark: "" })).toBe("\\F\\");
  });

  it("gives back every value that was escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."|^~\\&\r\nAFSTRE.brX0é ") }), (value) => {
        const escaped = escapeValue(value, usualSeparators);
        expect(escaped).not.toMatch(/[|^~&\r\n]/);
        expect(read(escaped)).toBe(value);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("faults named by an acknowledgement", () => {
  const ack = (err: string) => `${header}\rMSA|AE|C1\r${err}\r`;

  it("reads the new form: place in ERR-2, code in ERR-3, severity in ERR-4", () => {
    expect(readFaults(ack("ERR||PID^1^3^2^4|101^Required field missing^HL70357|E"))).toEqual([
      {
        place: { segment: "PID", occurrence: 1, field: 3, repetition: 2, component: 4 },
        code: "101",
        severity: "E",
      },
    ]);
  });

  it("reads the old form: segment, sequence, field and code in ERR-1, one fault a repetition", () => {
    const faults = readFaults(ack("ERR|PID^1^11^103&Table value not found&HL70357~OBX^2^5^102"));
    expect(faults.map(({ place, code }) => [place?.segment, place?.occurrence, place?.field, code])).toEqual([
      ["PID", 1, 11, "103"],
      ["OBX", 2, 5, "102"],
    ]);
  });

  it("gives every place of a repeated ERR-2, and the code alone where no place is named", () => {
    expect(readFaults(ack("ERR||PV1^1^2~PV1^1^3|103|E"))).toHaveLength(2);
    expect(readFaults(ack("ERR|||207|E"))).toEqual([{ place: undefined, code: "207", severity: "E" }]);
  });

  it("takes the first segment where no sequence is given, and ignores numbers that are none", () => {
    expect(readFaults(ack("ERR||OBR^^x|101"))[0]?.place).toMatchObject({
      segment: "OBR",
      occurrence: 1,
      field: undefined,
    });
  });

  it("names nothing for an acknowledgement without ERR, or text that is no HL7", () => {
    expect(readFaults(ack("NTE|1"))).toEqual([]);
    expect(readFaults("HTTP 500")).toEqual([]);
  });

  it("finds the second of two segments of one name", () => {
    const message = parsed(`${header}\rOBX|1\rNTE|1\rOBX|2`);
    const place = { segment: "OBX", occurrence: 2, field: 5, repetition: undefined, component: undefined };
    expect(findSegment(message, place)).toBe(3);
    expect(findSegment(message, { ...place, occurrence: 3 })).toBeUndefined();
  });
});
