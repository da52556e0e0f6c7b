import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../lib/connectors/", import.meta.url));

/** One sample of a connector: what was read, and the items and rejects it must become. */
export type Sample = { readonly name: string; readonly wire: unknown; readonly expected: unknown };

/** The samples in a connector's folder: `<name>.wire.json` beside `<name>.normalised.json`. */
export function samplesOf(kind: string): readonly Sample[] {
  const folder = path.join(root, kind, "samples");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".wire.json"))
    .map((file) => {
      const name = file.replace(/\.wire\.json$/, "");
      const normalised = path.join(folder, `${name}.normalised.json`);
      return {
        name,
        wire: withFiles(JSON.parse(readFileSync(path.join(folder, file), "utf8")), folder),
        expected: existsSync(normalised) ? JSON.parse(readFileSync(normalised, "utf8")) : undefined,
      };
    });
}

/** Settings that belong to a connector's samples. */
export function sampleConfigOf(kind: string): unknown {
  const file = path.join(root, kind, "samples", "config.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** Texts `file:<name>` stand for the content of that file, so that XML can be read by people. */
function withFiles(value: unknown, folder: string): unknown {
  if (typeof value === "string") {
    return value.startsWith("file:") ? readFileSync(path.join(folder, value.slice(5)), "utf8") : value;
  }
  if (Array.isArray(value)) return value.map((item) => withFiles(item, folder));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFiles(inner, folder)]));
}
