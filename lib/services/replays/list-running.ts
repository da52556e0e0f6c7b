import { listReplaysIn, type ReplayRun } from "@/lib/db/replays";

/** Runs that are being carried out, oldest first: for the worker. */
export function listRunning(): Promise<readonly ReplayRun[]> {
  return listReplaysIn(["running"]);
}
