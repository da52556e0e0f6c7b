import { type ChildProcess, spawn } from "node:child_process";
import type { LogFile } from "@/scripts/processes/log-file";

/** A process that is started again whenever it ends by itself. */
export type Supervised = {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** How often it ended by itself since it last ran well for a minute. */
  readonly failures: () => number;
  /** Ends it and starts it anew, for instance after the database moved. */
  readonly restart: (env: Environment) => void;
  readonly stop: () => Promise<void>;
};

type Environment = Readonly<Record<string, string>>;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const RAN_WELL_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** Starts a Node program and keeps it running, with growing pauses between failures; its output goes to its log. */
export function superviseProcess(spec: {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly log: LogFile;
  readonly say: (line: string) => void;
  readonly onStart: () => void;
}): Supervised {
  let env = spec.env;
  let child: ChildProcess | undefined;
  let failures = 0;
  let isStopping = false;
  let pause: NodeJS.Timeout | undefined;

  const start = () => {
    const startedAt = performance.now();
    const started = launch({ ...spec, env });
    child = started;
    spec.onStart();
    started.once("exit", (code, signal) => {
      if (child === started) child = undefined;
      if (isStopping) return;
      failures = performance.now() - startedAt > RAN_WELL_MS ? 1 : failures + 1;
      const waitMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
      spec.say(`${spec.name} ended (${signal ?? `code ${code}`}); starting it again in ${waitMs / 1000} s`);
      pause = setTimeout(start, waitMs);
    });
  };

  start();
  return {
    name: spec.name,
    pid: () => child?.pid,
    failures: () => failures,
    restart: (changed) => {
      env = changed;
      if (child !== undefined) askToStop(child);
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(pause);
      if (child !== undefined) await end(child);
    },
  };
}

function launch(spec: {
  readonly args: readonly string[];
  readonly env: Environment;
  readonly log: LogFile;
}): ChildProcess {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("./leash.mjs"), ...spec.args], {
    env: { ...process.env, ...spec.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.stdout?.on("data", spec.log.write);
  child.stderr?.on("data", spec.log.write);
  child.on("error", (error) => spec.log.write(`${error.message}\n`));
  return child;
}

/** Resolves when the process has ended, by force if it takes too long. */
async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  askToStop(child);
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(force);
}

function askToStop(child: ChildProcess): void {
  if (child.connected) child.send("stop");
  else child.kill("SIGTERM");
}
