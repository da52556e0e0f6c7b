import { parseArgs } from "node:util";
import { env } from "@/lib/config/env";
import { runDemo } from "@/lib/demo/live/run-demo";
import { runSources } from "@/lib/ingest/run-sources";
import { jobs } from "@/lib/jobs/registry";
import { runJobs } from "@/lib/jobs/run-jobs";
import { reportAlive } from "@/lib/services/health/report-alive";
import { logFor } from "@/lib/telemetry/log";
import { serveIngest } from "./http-server";
import type { Task } from "./keep-running";

/** What a worker can be there for: reading and receiving, or working off. */
export const workerRoles = ["collector", "jobs"] as const;
export type WorkerRole = (typeof workerRoles)[number];

/** `--role collector|jobs|all`, all by default. @throws Error on anything else */
export function readRoles(args: readonly string[]): readonly WorkerRole[] {
  const { values } = parseArgs({ args: [...args], options: { role: { type: "string", default: "all" } } });
  if (values.role === "all") return workerRoles;
  const role = workerRoles.find((known) => known === values.role);
  if (role === undefined) throw new Error("--role must be collector, jobs or all");
  return [role];
}

type Run = {
  readonly roles: readonly WorkerRole[];
  readonly holder: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
};

/** All that a worker with these roles does. */
export function tasksFor(run: Run): readonly Task[] {
  return run.roles.flatMap((role) => [
    { name: `${role} sign of life`, run: () => reportAlive({ ...run, role }) },
    ...tasksOf(role, run),
  ]);
}

/** What the environment says of where sources may be. */
function placeOf() {
  const { host, fileRoots } = env();
  return { host, fileRoots };
}

const log = logFor("demo");

function onProblem(error: unknown): void {
  log.warn("The demo hospital could not go on; it is tried again.", { error });
}

function tasksOf(role: WorkerRole, { holder, signal, now }: Run): readonly Task[] {
  switch (role) {
    case "collector":
      return [
        { name: "ingest port", run: () => serveIngest({ signal }) },
        { name: "sources", run: () => runSources({ holder, signal, now, ...placeOf() }) },
        { name: "demo hospital", run: () => runDemo({ holder, signal, now, onProblem }) },
      ];
    case "jobs":
      return [{ name: "jobs", run: () => runJobs({ jobs, holder, signal, now }) }];
  }
}
