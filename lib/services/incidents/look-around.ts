import type { Measurement } from "@/lib/core/alert/evaluate";
import { countOf } from "@/lib/core/alert/incident-title";
import { type Condition, findConditions } from "@/lib/core/alert/root-cause";
import { sourcesInMaintenance } from "@/lib/db/alert-conditions";
import { type InterfaceRecord, readInterfaces } from "@/lib/db/interfaces-read";
import { type HealthReading, readHealth } from "@/lib/services/overview/read-health";

/** What is wrong at one moment, and how each problem measures. */
export type Sight = {
  readonly conditions: readonly Condition[];
  readonly interfaceOf: (interfaceId: number) => InterfaceRecord | undefined;
  /** Of a problem that is there, or of one that was: `condition` undefined. */
  readonly measure: (interfaceId: number, condition: Condition | undefined) => Measurement;
};

const HOUR_MS = 3_600_000;

/** Judges every interface over the last hour, as the overview does. */
export async function lookAround(now: Date): Promise<Sight> {
  const interfaces = await readInterfaces("all");
  const range = { from: new Date(now.getTime() - HOUR_MS), to: now };
  const [reading, inMaintenance] = await Promise.all([
    readHealth({ interfaces, range, now }),
    sourcesInMaintenance(now),
  ]);
  const byId = new Map(interfaces.map((of) => [of.interfaceId, of]));
  return {
    conditions: findConditions(
      interfaces.flatMap(({ interfaceId, sourceId }) => {
        const health = reading.healths.get(interfaceId);
        return health === undefined ? [] : [{ health, sourceId }];
      }),
    ),
    interfaceOf: (interfaceId) => byId.get(interfaceId),
    measure: (interfaceId, condition) => {
      const of = byId.get(interfaceId);
      if (of === undefined) return { value: 0, perHour: null };
      const perHour = perHourOf(of, reading);
      if (condition === undefined) return { value: isBlind(interfaceId, reading) ? null : 0, perHour };
      const suppressedBy = inMaintenance.has(of.sourceId) ? "maintenance" : explained(condition);
      return { value: countOf(condition), perHour, ...(suppressedBy ? { suppressedBy } : {}) };
    },
  };
}

function explained({ isExplained }: Condition): "root_cause" | undefined {
  return isExplained ? "root_cause" : undefined;
}

/** While nothing can be seen, or nothing is judged, that a problem is not found says nothing. */
function isBlind(interfaceId: number, { healths }: HealthReading): boolean {
  const health = healths.get(interfaceId);
  return health?.level === "excluded" || (health?.problems.some(({ kind }) => kind === "unseen") ?? false);
}

function perHourOf({ legs }: InterfaceRecord, { comparisons }: HealthReading): number {
  const sources = legs.filter(({ direction }) => direction === "source");
  return sources.reduce((sum, { legId }) => {
    const counts = comparisons.current.totals.get(legId)?.counts;
    return sum + (counts === undefined ? 0 : counts.ok + counts.failed + counts.filtered + counts.pending);
  }, 0);
}
