import { expect, test } from "vitest";
import { type HealthFacts, judgeHealth } from "@/lib/core/health/judge";

function facts(over: Partial<HealthFacts> = {}): HealthFacts {
  return {
    database: { reachable: true, latencyMs: 1 },
    migrations: { applied: 2, pending: 0 },
    workers: { collectors: 1, jobs: 1 },
    rollups: { backlog: 0, oldestAgeS: null },
    sources: { backlog: 0, failing: 0 },
    deadLetters: { open: 3 },
    audit: { unsealedS: 1, unwitnessedS: 900, unmailedS: null },
    ...over,
  };
}

const away: HealthFacts = {
  database: { reachable: false, latencyMs: null },
  migrations: null,
  workers: null,
  rollups: null,
  sources: null,
  deadLetters: null,
  audit: null,
};

test.each([
  ["ok when all is well, dead letters or not", facts(), "ok", 0],
  ["down without a database, whatever else is unknown", away, "down", 1],
  ["down with migrations to come", facts({ migrations: { applied: 1, pending: 1 } }), "down", 1],
  [
    "down without a collector or without a worker for jobs",
    facts({ workers: { collectors: 0, jobs: 0 } }),
    "down",
    2,
  ],
  [
    "ok while rollups are a quarter of an hour behind",
    facts({ rollups: { backlog: 9, oldestAgeS: 900 } }),
    "ok",
    0,
  ],
  ["degraded one second later", facts({ rollups: { backlog: 9, oldestAgeS: 901 } }), "degraded", 1],
  [
    "ok while a line waits a minute to be sealed, a block an hour to be witnessed, a head two hours to go out",
    facts({ audit: { unsealedS: 60, unwitnessedS: 3_600, unmailedS: 7_200 } }),
    "ok",
    0,
  ],
  [
    "degraded one second later, for each of them",
    facts({ audit: { unsealedS: 61, unwitnessedS: 3_601, unmailedS: 7_201 } }),
    "degraded",
    3,
  ],
  ["degraded while a source cannot be read", facts({ sources: { backlog: 0, failing: 1 } }), "degraded", 1],
])("the product is %s", (_sentence, given, status, problems) => {
  const health = judgeHealth(given);
  expect({ status: health.status, problems: health.problems.length }).toEqual({ status, problems });
});
