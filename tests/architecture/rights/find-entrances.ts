import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** A way into the product, and the permissions of the verbs that it leads to. */
export type Entrance = {
  /** `app/…/page.tsx`, `app/…/route.ts`, or `app/…/actions.ts#name` for a server action. */
  readonly name: string;
  readonly permissions: readonly string[];
};

/** Every page, route handler and server action on disk. */
export async function findEntrances(root: string): Promise<readonly Entrance[]> {
  const files = (await readdir(root, { recursive: true }))
    .map((file) => path.join(root, file))
    .filter((file) => /\.tsx?$/.test(file));
  const found = await Promise.all(files.map(entrancesOf));
  return found.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function entrancesOf(file: string): Promise<readonly Entrance[]> {
  const source = await readFile(file, "utf8");
  if (isActions(source)) return actionsOf(file, source);
  if (!/\/(page\.tsx|route\.ts)$/.test(file)) return [];
  return [{ name: file, permissions: sorted(await reach(file, new Set())) }];
}

/** Each exported function of a file of server actions, with the permissions of the verbs that it names. */
async function actionsOf(file: string, source: string): Promise<readonly Entrance[]> {
  const verbs = importsOf(source).filter(({ from }) => from.startsWith("@/lib/services/"));
  return Promise.all(
    [...source.matchAll(/export async function (\w+)([\s\S]*?)\n}/g)].map(async ([, name, body = ""]) => {
      const used = verbs.filter(({ names }) => names.some((one) => new RegExp(`\\b${one}\\b`).test(body)));
      const permissions = await Promise.all(used.map(({ from }) => permissionsIn(from)));
      return { name: `${file}#${name}`, permissions: sorted(permissions.flat()) };
    }),
  );
}

/** Permissions of the verbs that a page or route calls, itself or by what it is put together from. */
async function reach(file: string, seen: Set<string>): Promise<readonly string[]> {
  if (seen.has(file)) return [];
  seen.add(file);
  const source = await readFile(file, "utf8");
  if (seen.size > 1 && isActions(source)) return [];
  const reached = await Promise.all(
    importsOf(source).map(async ({ from }) => {
      if (from.startsWith("@/lib/services/")) return permissionsIn(from);
      const next = from.startsWith(".") ? await resolved(path.join(path.dirname(file), from)) : undefined;
      return next === undefined ? [] : reach(next, seen);
    }),
  );
  return reached.flat();
}

/** The permissions that the verbs of one file of services declare. */
async function permissionsIn(from: string): Promise<readonly string[]> {
  const file = await resolved(from.replace("@/", ""));
  const source = file === undefined ? "" : await readFile(file, "utf8");
  return [...source.matchAll(/^ {2}permission: "([\w.-]+)"/gm)].map(([, permission = ""]) => permission);
}

type Import = { readonly from: string; readonly names: readonly string[] };

/** Imports of values; those of types call nothing. */
function importsOf(source: string): readonly Import[] {
  return [...source.matchAll(/^import (?!type )([^;]*?) from "([^"]+)";/gm)]
    .map(([, what = "", from = ""]) => ({
      from,
      names: what
        .replace(/[{}]/g, "")
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "" && !one.startsWith("type "))
        .map((one) => one.split(" as ").at(-1) ?? one),
    }))
    .filter(({ names }) => names.length > 0);
}

async function resolved(base: string): Promise<string | undefined> {
  for (const ending of [".ts", ".tsx"]) {
    const isThere = await readFile(base + ending).then(
      () => true,
      () => false,
    );
    if (isThere) return base + ending;
  }
  return undefined;
}

function isActions(source: string): boolean {
  return source.startsWith('"use server"');
}

function sorted(permissions: readonly string[]): readonly string[] {
  return [...new Set(permissions)].sort();
}
