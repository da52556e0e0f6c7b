import { describe, expect, test } from "vitest";
import { splitMessages } from "@/lib/core/formats/hl7v2/batch";
import { hl7Facts } from "@/lib/core/formats/hl7v2/facts";
import { readHeader } from "@/lib/core/formats/hl7v2/header";
import { readLean } from "@/lib/core/formats/hl7v2/lean";
import { instantOf, partialDateOf } from "@/lib/core/formats/hl7v2/times";

const receivedAt = new Date("2026-03-10T12:00:00Z");

function factsOf(...segments: readonly string[]) {
  const message = readLean(segments.join("\r"));
  const header = message && readHeader(message);
  if (message === undefined || header === undefined) throw new Error("This is no message.");
  return hl7Facts({ message, header, receivedAt, zone: "Europe/Berlin", authority: undefined });
}

const msh = (type: string, id = "M7") => `MSH|^~\\&|HIS|N|RIS|N|20260310120000||${type}|${id}|P|2.5.1`;
const PID = "PID|1||815^^^N&1.2.3&ISO^MR~77^^^&1.9&ISO||FAMILY&von^Given^Middle^Jr^Dr^^L||196704|A";

describe("what HL7 says of a patient", () => {
  test("is identifiers with their issuers, the name with each part in its place, and a date as precise as it is", () => {
    expect(factsOf(msh("ADT^A08"), PID)).toMatchObject([
      {
        kind: "patient",
        id: "815^N",
        identifiers: [
          { value: "815", assigningAuthority: "N", type: "MR" },
          { value: "77", assigningAuthority: "1.9" },
        ],
        names: [
          { family: "FAMILY", given: "Given", middle: "Middle", suffix: "Jr", prefix: "Dr", use: "legal" },
        ],
        birthDate: "1967-04",
        sex: "O",
      },
    ]);
  });

  test("is nothing where there is no identifier, or the event speaks of a visit", () => {
    expect(factsOf(msh("ADT^A08"), "PID|1||||FAMILY^Given")).toEqual([]);
    expect(factsOf(msh("ADT^A02"), PID)).toEqual([]);
  });

  test("keeps a deleted value apart from one that is not spoken of: neither is told", () => {
    const [fact] = factsOf(msh("ADT^A08"), 'PID|1||815^^^N||""||""|""');
    expect(fact).not.toHaveProperty("names");
    expect(fact).not.toHaveProperty("birthDate");
  });

  test("names after a merge both the one that stands and the one that does not", () => {
    const facts = factsOf(msh("ADT^A40"), "PID|1||815^^^N", "MRG|816^^^N", "PID|2||9^^^N", "MRG|10^^^N");
    expect(facts).toMatchObject([
      { id: "815^N", act: { what: "merge", prior: [{ value: "816", assigningAuthority: "N" }] } },
      { id: "816^N", mergedInto: { value: "815" } },
      { id: "9^N", act: { what: "merge", prior: [{ value: "10" }] } },
      { id: "10^N", mergedInto: { value: "9" } },
    ]);
  });

  test("links two patients of one message, and changes an identifier", () => {
    expect(factsOf(msh("ADT^A24"), "PID|1||1^^^N", "PV1|1", "PID|2||2^^^N")).toMatchObject([
      { id: "1^N", act: { what: "link", prior: [{ value: "2" }] } },
    ]);
    expect(factsOf(msh("ADT^A47"), "PID|1||1^^^N", "MRG|3^^^N")).toMatchObject([
      { id: "1^N", act: { what: "changeId", prior: [{ value: "3" }] } },
    ]);
  });
});

describe("what HL7 says of an exam", () => {
  const IPC = "IPC|A-1^RIS|R1|1.2.3.4|S1|CT|P^Head^L|CT1|R|CTAE";

  test("is one order for each ORC, with its own numbers and schedule", () => {
    const facts = factsOf(
      msh("OMI^O23"),
      PID,
      "ORC|NW|P1^HIS|F1^RIS||SC|||20260310110000",
      "TQ1|1||||||20260311080000||S",
      "OBR|1|P1^HIS|F1^RIS|CT^Head^L",
      IPC,
      "ORC|CA|P2^HIS||||",
      "OBR|2|P2^HIS||MR^Knee^L||||||||||||||A-2||||||MR",
    );
    expect(facts).toMatchObject([
      {
        kind: "order",
        id: "P1^HIS",
        status: "scheduled",
        accession: { value: "A-1", issuer: "RIS" },
        studyInstanceUid: "1.2.3.4",
        fillerNumber: { value: "F1", namespace: "RIS" },
        priority: "stat",
        modality: "CT",
        scheduledAt: new Date("2026-03-11T07:00:00Z"),
      },
      { id: "P2^HIS", control: "CA", status: "cancelled", accession: { value: "A-2" }, modality: "MR" },
    ]);
  });

  test("is a report with its status, its study, and whether a finding is critical", () => {
    const result = (status: string, flag: string) =>
      factsOf(
        msh("ORU^R01"),
        PID,
        `OBR|1|P1^HIS|F1^RIS|CT^Head^L||||||||||||||A-1|||||||${status}`,
        "OBX|1|ST|113014^DICOM Study^DCM||1.2.3.9||||||F",
        `OBX|2|TX|1^Finding^L||text|||${flag}|||F`,
      );
    expect(result("F", "AA^Critical Abnormal^HL70078")).toMatchObject([
      { kind: "report", id: "F1^RIS", status: "final", isCritical: true, studyInstanceUid: "1.2.3.9" },
    ]);
    expect(result("P", "N")[0]).not.toHaveProperty("isCritical");
    expect(result("P", "N")).toMatchObject([{ status: "preliminary" }]);
    expect(result("S", "N")).toEqual([]);
  });

  test("is a document by its event and completion", () => {
    const document = (event: string, completion: string) =>
      factsOf(msh(`MDM^${event}`), PID, `TXA|1|RAD|TX|||||||||D1^RIS||P1^HIS|F1^RIS||${completion}`)[0];
    expect(document("T02", "LA")).toMatchObject({ status: "final", fillerNumber: { value: "F1" } });
    expect(document("T02", "DO")).toMatchObject({ status: "preliminary" });
    expect(document("T06", "AU")).toMatchObject({ status: "addendum" });
    expect(document("T11", "AU")).toMatchObject({ status: "cancelled" });
  });

  test("takes no department for a modality", () => {
    const [fact] = factsOf(msh("ORM^O01"), PID, "ORC|NW|P1", "OBR|1|P1||X^Y^L|||||||||||||||||||||RAD");
    expect(fact).not.toHaveProperty("modality");
  });
});

test("a later message of the same second counts as later, and one from a clock far ahead by when it came", () => {
  const [first] = factsOf(msh("ADT^A08", "M7"), PID);
  const [second] = factsOf(msh("ADT^A08", "M8"), PID);
  expect((second?.observedSeq ?? 0) - (first?.observedSeq ?? 0)).toBe(1);
  const [ahead] = factsOf("MSH|^~\\&|HIS|N|RIS|N|20990310120000||ADT^A08|M9|P|2.5", PID);
  expect(ahead?.at).toEqual(receivedAt);
});

test("times are instants of their zone, and days of the calendar", () => {
  const berlin = (text: string) => instantOf(text, "Europe/Berlin")?.toISOString();
  expect(berlin("202603101200")).toBe("2026-03-10T11:00:00.000Z");
  expect(berlin("20260710120030.25")).toBe("2026-07-10T10:00:30.250Z");
  expect(berlin("20260310120000-0500")).toBe("2026-03-10T17:00:00.000Z");
  expect(["20260310", "20260230120000", "202603102500", "x", ""].map(berlin)).toEqual(
    Array(5).fill(undefined),
  );
  expect(["1967", "196704", "19670409", "1967040910", "19671309", "0000", "x"].map(partialDateOf)).toEqual([
    "1967",
    "1967-04",
    "1967-04-09",
    "1967-04-09",
    "1967",
    undefined,
    undefined,
  ]);
});

test("a batch is taken apart at its headers, and a text without one is left whole", () => {
  const one = "MSH|^~\\&|A\rPID|1\r";
  expect(splitMessages(`FHS|^~\\&\rBHS|^~\\&\r${one}${one}BTS|2\rFTS|1\r`)).toEqual({
    messages: [one, one],
    isBatch: true,
    isTooMany: false,
  });
  expect(splitMessages(one + one)).toEqual({ messages: [one, one], isBatch: false, isTooMany: false });
  expect(splitMessages("nothing")).toEqual({ messages: ["nothing"], isBatch: false, isTooMany: false });
  const many = one.repeat(5_002);
  expect(splitMessages(many)).toEqual({ messages: [many], isBatch: false, isTooMany: true });
});
