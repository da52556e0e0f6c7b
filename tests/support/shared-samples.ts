import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export type SharedSample = { readonly name: string; readonly body: string };

/** Recorded payloads from outside the project, in a folder of SIGNALBOX_SAMPLES; none where that is not set. */
export function sharedSamples(folder: string): readonly SharedSample[] {
  const root = process.env["SIGNALBOX_SAMPLES"];
  if (root === undefined || !existsSync(path.join(root, folder))) return [];
  const place = path.join(root, folder);
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, body: readFileSync(path.join(place, name), "utf8") }));
}
