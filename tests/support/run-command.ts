import { execFile } from "node:child_process";

/** How a program ended: its exit code and all it wrote. */
export type Ended = { readonly code: number; readonly output: string };

/** Runs a Node program with extra environment variables and resolves however it ends. */
export function runNode(
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Ended> {
  const settings = { env: { ...process.env, ...options.env }, cwd: options.cwd, maxBuffer: 64 * 1024 ** 2 };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], settings, (error, stdout, stderr) => {
      // A program ended by a signal has no code of its own.
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
