import { setTimeout as sleep } from "node:timers/promises";
import { runReplays } from "@/lib/jobs/run-replays";

/**
 * A program that carries replays out on DATABASE_URL until it is killed, without a lease: several may run at once. It says
 * that it is ready once it has looked a first time, which takes longest.
 */
const io = { signal: new AbortController().signal, now: () => new Date() };
for (let rounds = 0; !io.signal.aborted; rounds++) {
  await runReplays.run(io).catch(() => undefined);
  if (rounds === 0) process.stdout.write("ready\n");
  await sleep(50);
}
