import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { type Permission, permissionFacts } from "@/lib/core/authz/permission";
import { can, policy, reachOf } from "@/lib/core/authz/policy";
import { everywhere, type Grant, roleFacts, roles } from "@/lib/core/authz/role";

function aPerson(...grants: readonly Grant[]): Actor {
  return { kind: "user", id: "u", name: "n", email: "e", grants };
}
const inRadiology: Grant = { role: "interface-analyst", department: "Radiology" };
const inLaboratory: Grant = { role: "department-owner", department: "Laboratory" };

describe("a role held everywhere", () => {
  test("reaches every department and what belongs to none", () => {
    const person = aPerson(...everywhere("interface-analyst"));
    expect(reachOf(person, "interface.write")).toBe("all");
    expect(can(person, "interface.write", { department: "Radiology" })).toBe(true);
    expect(can(person, "interface.write", { department: null })).toBe(true);
  });

  test("gives what it names and nothing else", () => {
    const person = aPerson(...everywhere("him-specialist"));
    expect(can(person, "message.search")).toBe(true);
    expect(can(person, "interface.write")).toBe(false);
  });
});

describe("a role held for one department", () => {
  const person = aPerson(inRadiology);

  test("reaches that department alone", () => {
    expect(reachOf(person, "interface.read")).toEqual(["Radiology"]);
    expect(can(person, "interface.read", { department: "Radiology" })).toBe(true);
    expect(can(person, "interface.read", { department: "Laboratory" })).toBe(false);
    expect(can(person, "interface.read", { department: null })).toBe(false);
  });

  test("opens the page of a department's things without naming one", () => {
    expect(can(person, "interface.read")).toBe(true);
  });

  test("gives nothing that concerns the whole hospital", () => {
    expect(can(person, "source.read")).toBe(false);
    expect(can(aPerson(...everywhere("interface-analyst")), "source.read")).toBe(true);
  });

  test("adds up with others, each permission where its role is held", () => {
    const both = aPerson(inRadiology, inLaboratory);
    expect(reachOf(both, "message.read")).toEqual(["Laboratory", "Radiology"]);
    expect(reachOf(both, "interface.write")).toEqual(["Radiology"]);
  });

  test("adds nothing to the same right held everywhere", () => {
    expect(reachOf(aPerson(inRadiology, ...everywhere("department-owner")), "message.read")).toBe("all");
  });
});

describe("without a role", () => {
  test.each(Object.keys(permissionFacts))("nobody may %s", (name) => {
    const permission = permissionNamed(name);
    expect(can(aPerson(), permission)).toBe(false);
    expect(can(aPerson(), permission, { department: null })).toBe(false);
  });
});

describe("the table of roles", () => {
  test("an administrator holds whatever any other person does", () => {
    const missing = roles
      .flatMap((role) => policy[role])
      .filter((one) => !policy.administrator.includes(one));
    expect(missing).toEqual([]);
  });

  test("whoever may open content, search for patients or run the product is granted by two people", () => {
    const grave: readonly Permission[] = ["message.content", "message.search", "user.write", "role.approve"];
    const lax = roles.filter(
      (role) => !roleFacts[role].disclosesPatientData && grave.some((one) => policy[role].includes(one)),
    );
    expect(lax).toEqual([]);
  });

  test("a role that may be held for a department gives something there, or nothing at all", () => {
    const empty = roles.filter(
      (role) =>
        roleFacts[role].mayBeScoped &&
        policy[role].length > 0 &&
        policy[role].every((one) => permissionFacts[one].of === "hospital"),
    );
    expect(empty).toEqual([]);
  });
});

function permissionNamed(name: string): Permission {
  const known: readonly Permission[] = Object.values(policy).flat();
  const found = known.find((one) => one === name);
  const ofFeeds = (["ingest.write", "ingest.register", "fhir.write"] as const).find((one) => one === name);
  return found ?? ofFeeds ?? "ingest.register";
}
