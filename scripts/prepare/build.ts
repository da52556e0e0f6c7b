import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fingerprint } from "@/scripts/prepare/fingerprint";
import { runStep } from "@/scripts/prepare/run-step";

const STAMP = path.join(".next", "fingerprint");

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "prisma/schema.prisma",
];

/** Builds the web application when its sources or packages changed since the last build. Takes about a minute. */
export async function ensureBuilt(step: {
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}): Promise<void> {
  const wanted = await fingerprint(SOURCES, [path.join("lib", "db", "generated")]);
  if ((await readFile(STAMP, "utf8").catch(() => "")) === wanted) return;
  step.say("building the web application (about a minute)");
  await runStep({
    ...step,
    args: ["node_modules/next/dist/bin/next", "build"],
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    failure: "The web application could not be built.",
  });
  await writeFile(STAMP, wanted);
}
