import { isMailLate, isSealingLate, isWitnessLate } from "../audit/lateness";
import type { Health } from "./schema";

/** What was measured; undefined = the database could not be asked. */
export type HealthFacts = Omit<Health, "status" | "problems">;

/** Rollups are worked off every few seconds: a quarter of an hour means that they are not. */
const ROLLUP_LATE_S = 900;

/** What the facts come to. Pure. */
export function judgeHealth(facts: HealthFacts): Health {
  const grave = graveProblems(facts);
  const slight = slightProblems(facts);
  const status = grave.length > 0 ? "down" : slight.length > 0 ? "degraded" : "ok";
  return { status, problems: [...grave, ...slight], ...facts };
}

function graveProblems({ database, migrations, workers }: HealthFacts): readonly string[] {
  if (!database.reachable) return ["The database cannot be reached."];
  return [
    ...((migrations?.pending ?? 0) > 0 ? ["The database lacks migrations of this release."] : []),
    ...(workers?.collectors === 0 ? ["No collector runs: engines are not being read."] : []),
    ...(workers?.jobs === 0 ? ["No worker runs the jobs: rollups fall behind."] : []),
  ];
}

function slightProblems({ rollups, sources, audit }: HealthFacts): readonly string[] {
  return [
    ...((rollups?.oldestAgeS ?? 0) > ROLLUP_LATE_S ? ["Rollups have fallen behind."] : []),
    ...((sources?.failing ?? 0) > 0 ? ["A source cannot be read."] : []),
    ...(audit !== null && isSealingLate(audit) ? ["The audit trail is not being sealed."] : []),
    ...(audit !== null && isWitnessLate(audit) ? ["The audit trail was not witnessed for an hour."] : []),
    ...(audit !== null && isMailLate(audit)
      ? ["The head of the audit trail could not be sent by e-mail."]
      : []),
  ];
}
