import { spawn } from "node:child_process";
import { expect } from "vitest";
import { commandLineScript } from "@/tests/support/command-script";

/** How a command ended. */
export type CommandEnd = { readonly code: number; readonly stdout: string; readonly stderr: string };

/**
 * Runs one command, its words parted by spaces, the way an administrator does; `input` goes to its standard input. It
 * inherits this process' settings.
 */
export function signalbox(
  line: string,
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<CommandEnd> {
  const child = spawn(process.execPath, [...commandLineScript, ...line.split(" ")], {
    env: { ...process.env, NODE_ENV: "production", ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => {
    written.stdout += String(bytes);
  });
  child.stderr.on("data", (bytes) => {
    written.stderr += String(bytes);
  });
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, ...written }));
  });
}

/** Parses the one document that standard output must hold. */
export function documentOf(end: CommandEnd): unknown {
  expect(end.stdout).toMatch(/^[^\n]*\n$/);
  return JSON.parse(end.stdout);
}
