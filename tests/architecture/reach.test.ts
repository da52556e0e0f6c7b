import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { type Permission, permissionFacts } from "@/lib/core/authz/permission";

/** Verbs of a right that is held by department which need not ask where it is held, and why. */
const needNoReach: Readonly<Record<string, string>> = {
  "backup/backup-status.ts": "tells of the product as a whole",
  "demo/read-demo.ts": "tells of the product as a whole",
  "disclosure/are-values-open.ts": "asks for what was opened to oneself",
  "disclosure/break-glass.ts": "begins what opens every department, under review",
  "disclosure/end-break-glass.ts": "ends one's own",
  "disclosure/note-signs.ts": "is called by the product itself",
  "replays/check-drafts.ts": "is called by the worker alone",
  "saved-views/keep-view.ts": "keeps one's own",
  "saved-views/list-views.ts": "lists one's own",
  "saved-views/remove-view.ts": "forgets one's own",
  "notices/acknowledge-by-link.ts": "has the link as its authority, for one incident",
  "notices/own-channel.ts": "says how one is told oneself",
  "work/release-claim.ts": "gives one's own claim back",
  "work/renew-claim.ts": "prolongs one's own claim",
};

const root = "lib/services";

/** Files with a verb whose permission is held by department and which says nothing of a reach. */
async function verbsWithoutReach(): Promise<{ readonly seen: number; readonly found: readonly string[] }> {
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith(".ts"));
  const verbs = await Promise.all(
    files.map(async (file) => ({ file, source: await readFile(path.join(root, file), "utf8") })),
  );
  const scoped = verbs.filter(({ source }) => permissionsIn(source).some(isByDepartment));
  const found = scoped
    .filter(({ source }) => !/reach/i.test(withoutComments(source)))
    .map(({ file }) => file);
  return { seen: scoped.length, found: found.toSorted() };
}

function permissionsIn(source: string): readonly string[] {
  return [...source.matchAll(/^ {2}permission: "([\w.-]+)"/gm)].map(([, permission = ""]) => permission);
}

function isByDepartment(permission: string): boolean {
  const facts: Readonly<Record<string, (typeof permissionFacts)[Permission]>> = permissionFacts;
  return facts[permission]?.of === "department";
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

test("every verb of a right that is held by department asks where it is held, or stands in the list with its reason", async () => {
  const { seen, found } = await verbsWithoutReach();
  expect(seen).toBeGreaterThan(30);
  expect(found).toEqual(Object.keys(needNoReach).toSorted());
});
