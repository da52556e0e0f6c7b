import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { firstItemOf, integerOf, itemsOf, textOf, textsOf, uidOf } from "@/lib/core/formats/dicom/dataset";
import { dateOf, instantOf, parseDate, parseTime } from "@/lib/core/formats/dicom/date-time";
import { parsePersonName, personNameOf } from "@/lib/core/formats/dicom/person-name";
import { readDicomJson, readKeywords } from "@/lib/core/formats/dicom-json/read";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

/** One data set of the JSON model. */
function read(model: object) {
  const [dataset] = readDicomJson(JSON.stringify([model])) ?? [];
  if (dataset === undefined) throw new Error("The model could not be read.");
  return dataset;
}

describe("the JSON model", () => {
  test("gives texts, numbers, names and sequences by their keywords", () => {
    const dataset = read({
      "00080050": { vr: "SH", Value: ["A-1 "] },
      "00080061": { vr: "CS", Value: ["CT", null, "SR"] },
      "00100010": { vr: "PN", Value: [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎" }] },
      "00201208": { vr: "IS", Value: [12] },
      "0020000d": { vr: "UI", Value: ["1.2.3\u0000"] },
      "00400100": { vr: "SQ", Value: [{ "00400009": { vr: "SH", Value: ["S1"] } }] },
    });
    expect(textOf(dataset, "AccessionNumber")).toBe("A-1");
    expect(textsOf(dataset, "ModalitiesInStudy")).toEqual(["CT", "SR"]);
    expect(integerOf(dataset, "NumberOfStudyRelatedInstances")).toBe(12);
    expect(uidOf(dataset, "StudyInstanceUID")).toBe("1.2.3");
    expect(textOf(firstItemOf(dataset, "ScheduledProcedureStepSequence"), "ScheduledProcedureStepID")).toBe(
      "S1",
    );
    expect(personNameOf(dataset, "PatientName")).toEqual({
      alphabetic: { family: "Yamada", given: "Tarou" },
      ideographic: { family: "山田", given: "太郎" },
    });
  });

  test("gives nothing for what is missing, empty or of another kind", () => {
    const dataset = read({
      "00080050": { vr: "SH" },
      "00201208": { vr: "IS", Value: ["many"] },
      "00201206": { vr: "IS", Value: ["1.5"] },
      "0020000D": { vr: "UI", Value: ["1.2.3; drop"] },
      "00400100": { vr: "SQ", Value: ["no item"] },
      nonsense: { vr: "SH", Value: ["x"] },
    });
    expect(textOf(dataset, "AccessionNumber")).toBeUndefined();
    expect(integerOf(dataset, "NumberOfStudyRelatedInstances")).toBeUndefined();
    expect(integerOf(dataset, "NumberOfStudyRelatedSeries")).toBeUndefined();
    expect(uidOf(dataset, "StudyInstanceUID")).toBeUndefined();
    expect(itemsOf(dataset, "ScheduledProcedureStepSequence")).toEqual([]);
    expect([...dataset.keys()]).not.toContain("NONSENSE");
  });

  test.each([
    ["a number", "12"],
    ["a list of texts", '["a"]'],
    ["no JSON", "<html>"],
    ["nothing", ""],
    ["null", "null"],
  ])("refuses %s", (_, text) => {
    expect(readDicomJson(text)).toBeUndefined();
  });

  test("follows sequences only so deep", () => {
    let inner: object = { "00080050": { vr: "SH", Value: ["deep"] } };
    for (let depth = 0; depth < 50; depth += 1) inner = { "00400100": { vr: "SQ", Value: [inner] } };
    let depth = 0;
    let dataset = read(inner);
    while (itemsOf(dataset, "ScheduledProcedureStepSequence").length > 0) {
      dataset = firstItemOf(dataset, "ScheduledProcedureStepSequence");
      depth += 1;
    }
    expect(depth).toBe(6);
  });

  test("plain names of a server become the same elements", () => {
    const dataset = readKeywords({
      AccessionNumber: "A-1",
      ModalitiesInStudy: "CT\\SR",
      Unknown: "x",
      StudyID: 3,
    });
    expect(textOf(dataset, "AccessionNumber")).toBe("A-1");
    expect(textsOf(dataset, "ModalitiesInStudy")).toEqual(["CT", "SR"]);
    expect(dataset.size).toBe(2);
  });
});

describe("dates and times", () => {
  test.each([
    ["20260310", "2026-03-10"],
    ["2026.03.10", "2026-03-10"],
    ["202603", "2026-03"],
    ["1970", "1970"],
    ["20240229", "2024-02-29"],
    ["20260230", undefined],
    ["20261301", undefined],
    ["202613", undefined],
    ["00000101", undefined],
    ["10.03.2026", undefined],
    ["", undefined],
  ])("the date %j is %j", (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  test.each([
    ["07", { hour: 7, minute: 0, ms: 0 }],
    ["0709", { hour: 7, minute: 9, ms: 0 }],
    ["070907.0705", { hour: 7, minute: 9, ms: 7_070 }],
    ["07:09:07", { hour: 7, minute: 9, ms: 7_000 }],
    ["235960", { hour: 23, minute: 59, ms: 60_000 }],
    ["2460", undefined],
    ["7", undefined],
  ])("the time %j is %j", (text, time) => {
    expect(parseTime(text)).toEqual(time);
  });

  const keywords = { date: "StudyDate", time: "StudyTime" } as const;
  const at = (fields: object) => instantOf(readKeywords({ ...fields }), keywords, "Europe/Berlin");

  test("are an instant in the zone of the place, or in the one the data set names", () => {
    expect(at({ StudyDate: "20260310", StudyTime: "083000.25" })?.toISOString()).toBe(
      "2026-03-10T07:30:00.250Z",
    );
    const ofWorld = { StudyDate: "20260310", StudyTime: "083000", TimezoneOffsetFromUTC: "-0500" };
    expect(at(ofWorld)?.toISOString()).toBe("2026-03-10T13:30:00.000Z");
  });

  test("are none where the time is missing or the day is not whole", () => {
    expect(at({ StudyDate: "20260310" })).toBeUndefined();
    expect(at({ StudyDate: "202603", StudyTime: "0830" })).toBeUndefined();
    expect(dateOf(readKeywords({ PatientBirthDate: "1970" }), "PatientBirthDate")).toBe("1970");
  });
});

describe("names", () => {
  test.each([
    [
      "Doe^John^Q^Dr^Jr",
      { alphabetic: { family: "Doe", given: "John", middle: "Q", prefix: "Dr", suffix: "Jr" } },
    ],
    ["DOE ^ JOHN", { alphabetic: { family: "DOE", given: "JOHN" } }],
    ["^^^^", undefined],
    ["==", undefined],
    ["=山田^太郎", { ideographic: { family: "山田", given: "太郎" } }],
  ])("%j", (text, name) => {
    expect(parsePersonName(text)).toEqual(name);
  });

  test("of any text have at most three writings of five parts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const name = parsePersonName(text) ?? {};
        expect(Object.keys(name).length).toBeLessThanOrEqual(3);
        for (const parts of Object.values(name)) expect(Object.keys(parts).length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
