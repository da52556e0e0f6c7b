import { expect, test } from "vitest";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { everywhere } from "@/lib/core/authz/role";

const person = {
  kind: "user",
  id: "u1",
  name: "Ada Admin",
  email: "ada@example.org",
  grants: everywhere("administrator"),
} as const;

test("content is open to a person with a second factor, and closed to everybody else", () => {
  expect(contentAccess({ ...person, factorAt: new Date(0) })).toEqual({ kind: "open" });
  expect(contentAccess(person).kind).toBe("closed");
  expect(contentAccess({ kind: "system", name: "job" }).kind).toBe("closed");
  expect(contentAccess({ kind: "source", sourceId: 1, tokenId: "t", scopes: [] }).kind).toBe("closed");
});
