import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { permissionFacts } from "@/lib/core/authz/permission";
import { can } from "@/lib/core/authz/policy";
import { roles } from "@/lib/core/authz/role";
import { entranceRows } from "@/tests/architecture/rights/entrance-rows";
import { expectedRights } from "@/tests/architecture/rights/expected-rights";
import { findEntrances } from "@/tests/architecture/rights/find-entrances";
import { aPerson } from "@/tests/support/people";

const entrances = await findEntrances("app");

describe("every page, route handler and server action on disk", () => {
  test("has a row in entrance-rows.ts, and no row is left over", () => {
    expect(entrances.length).toBeGreaterThan(50);
    expect(entrances.map(({ name }) => name)).toEqual(Object.keys(entranceRows).sort());
  });

  test.each(entrances)(
    "$name leads to verbs of the permissions that its row names",
    ({ name, permissions }) => {
      const row = entranceRows[name];
      if (typeof row === "string") {
        // The set-up and invitation verbs run as the product itself; the secret in the link is their authority.
        expect(row === "by link" ? [] : permissions).toEqual([]);
      } else {
        expect(permissions).toEqual([...(row ?? [])].sort());
      }
    },
  );
});

type Case = {
  readonly entrance: string;
  readonly role: string;
  readonly seen: string;
  readonly expected: string;
};

/** What the policy answers at one entrance for a role held everywhere and for one department, in words. */
function casesOf(entrance: string): readonly Case[] {
  const row = entranceRows[entrance];
  if (row === undefined || typeof row === "string") return [];
  return roles.flatMap((role) =>
    row.map((permission) => {
      const everywhere = aPerson([{ role, department: undefined }]);
      const inOwn = aPerson([{ role, department: "own" }]);
      const right = expectedRights[permission];
      const holds = right?.roles.includes(role) ?? false;
      const seen = [
        can(everywhere, permission, { department: "own" }),
        can(everywhere, permission, { department: "other" }),
        can(everywhere, permission, { department: null }),
        can(inOwn, permission, { department: "own" }),
        can(inOwn, permission, { department: "other" }),
        can(inOwn, permission, { department: null }),
      ];
      const expected = [holds, holds, holds, holds && (right?.inDepartment ?? false), false, false];
      return { entrance, role: `${role}: ${permission}`, seen: seen.join(), expected: expected.join() };
    }),
  );
}

describe("the policy at every entrance, for every role held everywhere and for one department", () => {
  test("answers as was decided for its own, another and no department", () => {
    const cases = Object.keys(entranceRows).flatMap(casesOf);
    expect(cases.length).toBeGreaterThan(300);
    expect(cases.filter(({ seen, expected }) => seen !== expected)).toEqual([]);
  });

  test.each(Object.keys(permissionFacts))("%s was decided on", (permission) => {
    expect(Object.keys(expectedRights)).toContain(permission);
  });
});

describe("the search for entrances", () => {
  const folder = mkdtemp(path.join(tmpdir(), "signalbox-entrances-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  test("finds a page, a route and an action that were added, with the verbs behind a panel", async () => {
    const root = path.join(await folder, "app");
    const files = {
      "new/page.tsx": 'import { Panel } from "./panel";\n',
      "new/panel.tsx": 'import { listUsers } from "@/lib/services/users/list-users";\n',
      "new/route.ts": "export const GET = 1;\n",
      "new/actions.ts":
        '"use server";\nimport { disablePerson } from "@/lib/services/users/disable-person";\nimport { listSources } from "@/lib/services/sources/list-sources";\nexport async function end(input: unknown) {\n  return action(disablePerson)(input);\n}\n',
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    }
    const found = await findEntrances(root);
    expect(found.map(({ name, permissions }) => [path.relative(root, name), permissions])).toEqual([
      ["new/actions.ts#end", ["user.write"]],
      ["new/page.tsx", ["user.write"]],
      ["new/route.ts", []],
    ]);
  });
});
