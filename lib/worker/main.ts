import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { ConfigurationError, env } from "@/lib/config/env";
import { setProcessKind } from "@/lib/config/process-kind";
import { logFor } from "@/lib/telemetry/log";
import { keepRunning } from "./keep-running";
import { readRoles, tasksFor } from "./roles";

const log = logFor("worker");

/** Time that running work gets to end after SIGTERM; the supervisor kills later than this. */
const STOP_LIMIT_MS = 10_000;

async function main(): Promise<void> {
  const roles = readRoles(process.argv.slice(2));
  const stopping = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => stopping.abort());
  const { signal } = stopping;
  // What nobody awaited is a bug, and not a reason to drop the requests of others.
  process.on("unhandledRejection", (error) => log.error("A rejection was not handled.", { error }));
  signal.addEventListener("abort", () => setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref(), {
    once: true,
  });

  setProcessKind("worker");
  const holder = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  log.info("The worker starts.", { roles: roles.join(" "), ingestPort: env().ingestPort });
  const tasks = tasksFor({ roles, holder, signal, now: () => new Date() });
  await Promise.all(tasks.map((task) => keepRunning({ ...task, signal })));
  log.info("The worker stopped.");
  process.exit(0);
}

main().catch((error: unknown) => {
  if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
  else log.error("The worker could not start.", { error });
  process.exit(1);
});
