import { spawn } from "node:child_process";
import { StartError } from "@/scripts/prepare/start-error";

/** Runs a Node program to its end, keeping what it says unless it fails. @throws StartError with its output. */
export async function runStep(step: {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly failure: string;
  readonly signal?: AbortSignal;
}): Promise<void> {
  const child = spawn(process.execPath, [...step.args], {
    env: { ...process.env, ...step.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(step.signal ? { signal: step.signal } : {}),
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new StartError(`${step.failure}\n${output.trim()}`);
}
