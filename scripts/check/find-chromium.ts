import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * A Chromium to test with: CHROMIUM_PATH, one on the PATH, Playwright's own, or one installed now (by apt-get as root,
 * else by Playwright). `undefined` means Playwright's own. @throws Error saying what to install.
 */
export async function findChromium({
  say,
}: {
  readonly say: (line: string) => void;
}): Promise<string | undefined> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  const installed = await onPath();
  if (installed !== undefined) return installed;
  if (await exists(chromium.executablePath())) return undefined;
  say("installing Chromium");
  if (process.platform === "linux" && process.getuid?.() === 0 && (await installWithApt())) return onPath();
  if (await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]))
    return undefined;
  throw new Error("No Chromium was found. Install the package chromium, or name a browser in CHROMIUM_PATH.");
}

async function installWithApt(): Promise<boolean> {
  if (!(await run("apt-get", ["update", "-q"]))) return false;
  return run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"]);
}

async function onPath(): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  for (const file of candidates) if (await exists(file)) return file;
  return undefined;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function run(program: string, args: readonly string[]): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return promisify(execFile)(program, [...args], { env, maxBuffer: 64 * 1024 ** 2 }).then(
    () => true,
    () => false,
  );
}
