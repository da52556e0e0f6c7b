import { oldestOverdueS } from "@/lib/db/notice-deliveries";
import { readHealth } from "@/lib/services/health/read-health";

/** Longer than this nothing that is due lies about while jobs run. */
const LATE_S = 180;
const ROLLUPS_LATE_S = 900;

/**
 * Whether messages are taken in, figures worked off and notices sent: all that a failure needs to be told to somebody.
 * A source that cannot be read is told by itself and stops nothing.
 */
export async function isWatching(now: Date): Promise<boolean> {
  const [{ status, rollups }, overdueS] = await Promise.all([
    readHealth({ kind: "system", name: "heartbeat" }, {}),
    oldestOverdueS(now),
  ]);
  return status !== "down" && (rollups?.oldestAgeS ?? 0) <= ROLLUPS_LATE_S && overdueS <= LATE_S;
}
