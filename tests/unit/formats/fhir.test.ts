import { describe, expect, test } from "vitest";
import { currentFact } from "@/lib/core/clinical/fold-versions";
import { type FhirContext, readResource } from "@/lib/core/formats/fhir/read-resource";
import { anAudit, anOrder, aPatient, aReport, aStudy } from "@/tests/support/fhir-resources";

const context: FhirContext = {
  place: { assigningAuthority: undefined, accessionIssuer: undefined, own: { addresses: [], accounts: [] } },
  receivedAt: new Date("2026-03-10T12:00:00Z"),
  resolve: () => undefined,
  hasLastingId: false,
};

function itemOf(resource: object) {
  const reading = readResource(resource, context);
  return reading.kind === "item" ? reading.item : undefined;
}

function statusOf(resource: object): string | undefined {
  const item = itemOf(resource);
  return item !== undefined && "status" in item ? item.status : undefined;
}

describe("a status", () => {
  test.each([
    ["active", "requested"],
    ["on-hold", "held"],
    ["completed", "completed"],
    ["revoked", "cancelled"],
    ["entered-in-error", "cancelled"],
    ["unknown", undefined],
    ["__proto__", undefined],
  ])("of an order %s is %s", (status, expected) => {
    expect(statusOf(anOrder({ status }))).toBe(expected);
  });

  test.each([
    ["partial", "preliminary"],
    ["preliminary", "preliminary"],
    ["final", "final"],
    ["amended", "corrected"],
    ["corrected", "corrected"],
    ["appended", "addendum"],
    ["cancelled", "cancelled"],
    ["entered-in-error", "cancelled"],
  ])("of a report %s is %s", (status, expected) => {
    expect(statusOf(aReport({ status }))).toBe(expected);
  });

  test("that tells of no order, report or study is nothing that is kept", () => {
    const nothing = [
      anOrder({ status: "draft" }),
      anOrder({ intent: "plan" }),
      aReport({ status: "registered" }),
      aReport({ status: "unknown" }),
      aStudy({ status: "entered-in-error" }),
    ].map((resource) => readResource(resource, context).kind);
    expect(nothing).toEqual(Array.from({ length: 5 }, () => "nothing"));
  });
});

describe("a study", () => {
  const studyOf = (over: object) => {
    const item = itemOf(aStudy(over));
    if (item?.kind !== "study") throw new Error("This is no study.");
    return item;
  };
  const series = (...numbers: readonly number[]) => numbers.map((n) => ({ uid: `1.2.840.99.1.${n}` }));
  const knownAfter = (first: object, then: object) =>
    currentFact([studyOf(first), studyOf(then)]).series?.map(({ seriesInstanceUid }) => seriesInstanceUid);

  test("told in part leaves the series that were known", () => {
    const whole = { series: series(1, 2), numberOfSeries: 2 };
    expect(knownAfter(whole, { series: undefined, numberOfSeries: 2 })).toHaveLength(2);
    expect(knownAfter(whole, { series: series(3), numberOfSeries: 3 })).toHaveLength(3);
  });

  test("told whole takes away what is no longer there", () => {
    const whole = { series: series(1, 2), numberOfSeries: 2 };
    expect(knownAfter(whole, { series: series(1), numberOfSeries: 1 })).toEqual(["1.2.840.99.1.1"]);
  });
});

describe("an audit event", () => {
  const role = (code: string) => ({ coding: [{ code }] });
  const agents = [
    { type: role("110153"), who: { display: "one" } },
    { type: role("110152"), who: { display: "other" } },
  ];

  test("of a read is of its destination, of everything else of its source", () => {
    const actors = ["R", "C", "E"].map((action) => itemOf(anAudit({ action, agent: agents })));
    expect(actors).toMatchObject([{ actorId: "other" }, { actorId: "one" }, { actorId: "one" }]);
  });

  test("names a patient by an identifier with its issuer, and never by the id of a resource", () => {
    const about = (what: object) => {
      const item = itemOf(anAudit({ entity: [{ what, role: { code: "1" } }] }));
      return item?.kind === "audit" ? item.patient : undefined;
    };
    expect(about({ identifier: { system: "urn:oid:1.2", value: "4711" } })).toEqual({
      assigningAuthority: "1.2",
      value: "4711",
    });
    expect(about({ identifier: { value: "4711" } })).toBeUndefined();
    expect(about({ reference: "Patient/4711" })).toBeUndefined();
  });

  test("without a full instant is refused", () => {
    expect(readResource(anAudit({ recorded: "2026-03-10" }), context)).toMatchObject({ kind: "refused" });
  });
});

test("a text that cannot be stored refuses its resource, and what is nested without end", () => {
  let deep: object = {};
  for (let i = 0; i < 100; i++) deep = { extension: [deep] };
  const bad = [aPatient({ name: [{ family: "A\u0000" }] }), aPatient({ extension: [deep] })];
  expect(bad.map((resource) => readResource(resource, context).kind)).toEqual(["refused", "refused"]);
});
