import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The text of a recorded answer of a real engine, or undefined where this machine has none. Recordings are no part of
 * the project; whoever has some names their folder in SIGNALBOX_SAMPLES.
 */
export function recordedSample(name: string): string | undefined {
  const folder = process.env["SIGNALBOX_SAMPLES"];
  if (folder === undefined || folder === "") return undefined;
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
