import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Gets a fresh checkout as far as running TypeScript: checks Node, installs what package-lock.json asks for, reads
 * .env, and lets this process import .ts files. Uses nothing but Node itself. Ends the process when it cannot.
 */
export async function bootstrap({ say }) {
  requireNode({ major: 20, minor: 19 });
  process.chdir(root);
  if (!(await isInstalled())) {
    say("installing dependencies");
    await installDependencies();
  }
  loadDotEnv();
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: path.join(root, "tsconfig.json") });
}

function requireNode(least) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > least.major || (major === least.major && minor >= least.minor)) return;
  giveUp(
    `Signalbox needs Node ${least.major}.${least.minor} or newer (24 is recommended); this is ${process.version}.`,
  );
}

/** Whether every package of package-lock.json is installed at its version; optional ones belong to other platforms. */
async function isInstalled() {
  const [wanted, installed] = await Promise.all([
    readJson("package-lock.json"),
    readJson(path.join("node_modules", ".package-lock.json")),
  ]);
  if (installed === undefined) return false;
  return Object.entries(wanted.packages).every(([name, { version, optional, devOptional }]) => {
    const found = installed.packages[name];
    if (name === "") return true;
    return found === undefined ? Boolean(optional || devOptional) : found.version === version;
  });
}

/**
 * Nothing may run scripts of packages: what is needed after an install, the product does itself. A registry mirror may
 * lack the builds of optional packages for other platforms; `npm ci` refuses then, while `npm install` leaves them out
 * and keeps to the versions of the lock file.
 */
async function installDependencies() {
  const strict = await runNpm(["ci"]);
  if (strict.code === 0) return;
  const lenient = await runNpm(["install", "--no-save"]);
  if (lenient.code !== 0)
    giveUp(`The dependencies could not be installed. npm said:\n${lenient.output.trim()}`);
}

async function runNpm(words) {
  const options = [
    ...words,
    "--include=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const npmScript = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : undefined;
  const child = npmScript
    ? spawn(process.execPath, [npmScript, ...options], { stdio: ["ignore", "pipe", "pipe"] })
    : spawn("npm", options, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output += error.message;
      resolve(1);
    });
    child.once("close", resolve);
  });
  return { code, output };
}

function loadDotEnv() {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if (error.code !== "ENOENT") giveUp(`The file .env could not be read: ${error.message}`);
  }
}

async function readJson(file) {
  return readFile(file, "utf8").then(JSON.parse, () => undefined);
}

function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
