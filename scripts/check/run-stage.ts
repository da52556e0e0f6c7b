import { spawn } from "node:child_process";

/** Runs a Node program with its output on this terminal and resolves with its exit code (1 when a signal ended it). */
export async function runStage(stage: {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): Promise<number> {
  const child = spawn(process.execPath, [...stage.args], {
    env: { ...process.env, ...stage.env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
