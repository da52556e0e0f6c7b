import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fingerprint } from "@/scripts/prepare/fingerprint";
import { runStep } from "@/scripts/prepare/run-step";

const GENERATED = path.join("lib", "db", "generated");
const STAMP = path.join(GENERATED, ".fingerprint");

/** Generates the database client when schema.prisma, or the release of Prisma, is not the one it was made from. */
export async function ensureGenerated(step: {
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}): Promise<void> {
  const wanted = await fingerprint(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if ((await readFile(STAMP, "utf8").catch(() => "")) === wanted) return;
  step.say("generating the database client");
  await runStep({
    ...step,
    args: ["node_modules/prisma/build/index.js", "generate"],
    env: { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    failure: "The database client could not be generated.",
  });
  await writeFile(STAMP, wanted);
}
