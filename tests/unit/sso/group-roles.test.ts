import { describe, expect, test } from "vitest";
import { changeOf, type GroupRole, grantsOfGroups } from "@/lib/core/sso/group-roles";

const mapping: readonly GroupRole[] = [
  { group: "it", role: "interface-analyst", department: "Radiology" },
  { group: "it", role: "reporter", department: null },
  { group: "board", role: "reporter", department: null },
];
const analyst = { role: "interface-analyst", department: "Radiology" } as const;
const reporter = { role: "reporter", department: undefined } as const;

describe("what groups stand for", () => {
  test.each([
    ["no group", [], []],
    ["a group that nobody has mapped", ["unknown"], []],
    ["a group of several roles", ["it"], [analyst, reporter]],
    ["two groups of the same role", ["it", "board"], [analyst, reporter]],
    ["a group of another case: names are compared as they are", ["IT"], []],
    ["part of a group's name", ["i"], []],
  ])("%s", (_what, groups, grants) => {
    expect(grantsOfGroups(groups, mapping)).toEqual(grants);
  });
});

describe("a change of groups", () => {
  test("gives what is new and takes what is gone", () => {
    expect(changeOf([analyst], [reporter])).toEqual({ given: [reporter], taken: [analyst] });
  });
  test("leaves what stays", () => {
    expect(changeOf([analyst, reporter], [reporter, analyst])).toEqual({ given: [], taken: [] });
  });
  test("tells the same role of two departments apart", () => {
    const elsewhere = { role: "interface-analyst", department: "Pharmacy" } as const;
    expect(changeOf([analyst], [elsewhere])).toEqual({ given: [elsewhere], taken: [analyst] });
  });
});
