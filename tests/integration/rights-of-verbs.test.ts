import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { roles } from "@/lib/core/authz/role";
import { expectedRights } from "@/tests/architecture/rights/expected-rights";
import { aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

withStorage();

type Verb = { readonly name: string; readonly permission: string; readonly call: unknown };

/** Every exported `query` and `command` of the services, found in the source and then loaded. */
async function findVerbs(): Promise<readonly Verb[]> {
  const files = (await readdir("lib/services", { recursive: true })).filter((file) => file.endsWith(".ts"));
  const found = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(path.join("lib/services", file), "utf8");
      const declared = [...source.matchAll(DECLARATION)];
      if (declared.length === 0) return [];
      const loaded: Readonly<Record<string, unknown>> = await import(
        `@/lib/services/${file.slice(0, -".ts".length)}`
      );
      return declared.map(([, name = "", permission = ""]) => ({ name, permission, call: loaded[name] }));
    }),
  );
  return found.flat();
}

const DECLARATION = /^export const (\w+)[^=]*= (?:query|command)\(\{\n {2}permission: "([\w.-]+)"/gm;
/**
 * What a verb answers to input that no schema takes. Rights are asked before input is read, so that "bad_request" means
 * let in and "forbidden" means kept out, and nothing is ever changed.
 */
async function answerOf(call: unknown, actor: ReturnType<typeof aPerson>): Promise<string> {
  if (typeof call !== "function") return "not a function";
  const answer: unknown = await Promise.resolve(call(actor, Symbol("no input"))).catch(
    (error: unknown) => error,
  );
  return answer instanceof Error && "code" in answer ? String(answer.code) : "took anything";
}

const verbs = await findVerbs();

describe("every query and command, called for real up to where it reads its input", () => {
  test("is found", () => {
    expect(verbs.length).toBeGreaterThan(50);
    expect(verbs.filter(({ call }) => typeof call !== "function")).toEqual([]);
  });

  test.each(verbs)(
    "$name lets in whom $permission is given to, and nobody else",
    async ({ permission, call }) => {
      const right = expectedRights[permission];
      if (right === undefined) throw new Error("Decide on this permission in expected-rights.ts.");
      for (const role of roles) {
        const may = right.roles.includes(role);
        const everywhere = await answerOf(call, aPerson([{ role, department: undefined }]));
        const inOne = await answerOf(call, aPerson([{ role, department: "Radiology" }]));
        expect({ role, everywhere, inOne }).toEqual({
          role,
          everywhere: may ? "bad_request" : "forbidden",
          inOne: may && right.inDepartment ? "bad_request" : "forbidden",
        });
      }
      expect(await answerOf(call, aPerson([]))).toBe("forbidden");
    },
  );
});
