import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** One process of the product, started and ended by a test, without the supervisor around it. */
export type ProductProcess = {
  readonly pid: () => number;
  readonly isRunning: () => boolean;
  /** Sends a signal and resolves when the process has ended. */
  readonly end: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
};

type Launch = {
  readonly port: number;
  /** Added to this process' own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes; nowhere when not given. */
  readonly logFile?: string;
};

/** Starts a worker and resolves when its port answers. */
export function startWorker(launch: Launch & { readonly role?: string }): Promise<ProductProcess> {
  const args = ["--import", "tsx", "lib/worker/main.ts", "--role", launch.role ?? "all"];
  return start({ ...launch, args, portVariable: "INGEST_PORT" });
}

/** Starts the web process on the present build and resolves when it answers. */
export function startWeb(launch: Launch): Promise<ProductProcess> {
  return start({ ...launch, args: ["scripts/serve-web.mjs"], portVariable: "PORT" });
}

/** This process' own environment with some variables changed. */
export function childEnvironment(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

async function start(
  launch: Launch & { readonly args: readonly string[]; readonly portVariable: string },
): Promise<ProductProcess> {
  const { args, env, port, portVariable, logFile } = launch;
  const child = spawn(process.execPath, args, {
    env: childEnvironment({
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      ...env,
      [portVariable]: String(port),
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let tail = "";
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-4_000);
    if (logFile !== undefined) appendFileSync(logFile, chunk);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  while (!(await answers(port))) {
    if (hasEnded()) throw new Error(`${args.join(" ")} ended before it answered:\n${tail}`);
    await sleep(50);
  }
  return {
    pid: () => child.pid ?? 0,
    isRunning: () => !hasEnded(),
    end: (signal) => endProcess(child, ended, signal),
  };
}

async function endProcess(
  child: ChildProcess,
  ended: Promise<void>,
  signal: "SIGTERM" | "SIGKILL",
): Promise<void> {
  child.kill(signal);
  await ended;
}

/** Whether anything at all is answered, whatever its status. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port, path: "/api/health", timeout: 5_000 };
    const request = http.get(options, (response) => {
      response.resume();
      resolve(true);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}
