import { expect, test } from "vitest";
import { consequenceOf } from "@/lib/core/failure/high-consequence";

const none = { types: [], interfaceIds: [] };

test.each([
  ["critical result", { messageType: "ORU^R01", abnormalFlags: ["N", "HH"] }, "critical-result"],
  ["STAT order", { messageType: "ORM^O01", priority: "S" }, "stat"],
  ["cancelled order", { messageType: "ORM^O01", orderControl: "CA" }, "order-cancel"],
  ["admission undone", { messageType: "ADT^A11" }, "admission-undone"],
  ["merge of patients", { messageType: "ADT^A40^ADT_A39" }, "merge"],
  ["merge as Mirth writes it", { messageType: "ADT-A47" }, "merge"],
] as const)("of high consequence: %s", (_, facts, expected) => {
  expect(consequenceOf({ interfaceId: 1, ...facts }, none)).toBe(expected);
});

test.each([
  ["ordinary result", { messageType: "ORU^R01", abnormalFlags: ["N", "H", "A"] }],
  ["routine order", { messageType: "ORM^O01", priority: "R", orderControl: "NW" }],
  ["message of which nothing is known", { messageType: undefined }],
])("of no high consequence: %s", (_, facts) => {
  expect(consequenceOf({ interfaceId: 1, ...facts }, none)).toBeUndefined();
});

test("what an analyst marks is of high consequence: an interface, a type, or one event of it", () => {
  const facts = { interfaceId: 4, messageType: "MDM^T02" };
  expect(consequenceOf(facts, { types: [], interfaceIds: [4] })).toBe("marked");
  expect(consequenceOf(facts, { types: ["MDM"], interfaceIds: [] })).toBe("marked");
  expect(consequenceOf(facts, { types: ["mdm^t02"], interfaceIds: [] })).toBe("marked");
  expect(consequenceOf(facts, { types: ["MDM^T01"], interfaceIds: [5] })).toBeUndefined();
});
