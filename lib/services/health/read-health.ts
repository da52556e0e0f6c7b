import type { Actor } from "@/lib/core/authz/actor";
import { type HealthFacts, judgeHealth } from "@/lib/core/health/judge";
import { type Health, healthInputSchema } from "@/lib/core/health/schema";
import { expectedMigrations, readDatabaseFacts } from "@/lib/db/health";
import { isDatabaseAway } from "@/lib/db/is-database-away";
import { readLiveLeases } from "@/lib/db/leases";
import { trailAges } from "@/lib/services/own-audit/trail-ages";
import { query } from "@/lib/services/query";
import { WORKER_LEASE_PREFIX } from "./report-alive";

/** How the product fares: database, migrations, workers, rollups, sources, audit trail. A database that is away is an answer too. */
export const readHealth: (actor: Actor, rawInput: unknown) => Promise<Health> = query({
  permission: "overview.read",
  input: healthInputSchema,
  disclosesPhi: false,
  run: async () => judgeHealth(await gather()),
});

const unreachable: HealthFacts = {
  database: { reachable: false, latencyMs: null },
  migrations: null,
  workers: null,
  rollups: null,
  sources: null,
  deadLetters: null,
  audit: null,
};

async function gather(): Promise<HealthFacts> {
  const startedAt = performance.now();
  try {
    const [facts, expected, workers, audit] = await Promise.all([
      readDatabaseFacts(),
      expectedMigrations(),
      readLiveLeases(WORKER_LEASE_PREFIX),
      trailAges(),
    ]);
    const running = (role: string) =>
      workers.filter(({ name }) => name.startsWith(`${WORKER_LEASE_PREFIX}${role}:`)).length;
    const pending = expected.filter((name) => !facts.appliedMigrations.includes(name));
    return {
      database: { reachable: true, latencyMs: Math.round(performance.now() - startedAt) },
      migrations: { applied: facts.appliedMigrations.length, pending: pending.length },
      workers: { collectors: running("collector"), jobs: running("jobs") },
      rollups: { backlog: facts.dirtyKeys, oldestAgeS: facts.oldestDirtyAgeS },
      sources: { backlog: facts.sourceBacklog, failing: facts.failingStreams },
      deadLetters: { open: facts.openDeadLetters },
      audit,
    };
  } catch (error) {
    if (isDatabaseAway(error)) return unreachable;
    throw error;
  }
}
