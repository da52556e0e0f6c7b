import { formatCount } from "@/components/ui/format-number";
import { KeyValueList } from "@/components/ui/key-value";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { Actor } from "@/lib/core/authz/actor";
import type { Health } from "@/lib/core/health/schema";
import { formatDuration } from "@/lib/core/time/format";
import { readHealth } from "@/lib/services/health/read-health";

/** How the product itself fares. */
export async function HealthPanel({ actor }: { readonly actor: Actor }) {
  const health = await readHealth(actor, {});
  return (
    <Panel title="Product" hint="The same as GET /api/health.">
      <KeyValueList
        items={[
          { key: "State", value: <HealthWord health={health} /> },
          { key: "Database", value: databaseText(health) },
          { key: "Workers", value: workersText(health) },
          { key: "Rollups waiting", value: rollupsText(health) },
          { key: "Backlog of sources", value: `${formatCount(health.sources?.backlog ?? null)} items` },
          { key: "Audit trail", value: auditText(health) },
          { key: "Open dead letters", value: formatCount(health.deadLetters?.open ?? null) },
        ]}
      />
    </Panel>
  );
}

function HealthWord({ health: { status, problems } }: { readonly health: Health }) {
  if (status === "ok") return <StatusWord state="ok" />;
  return (
    <span>
      <StatusWord state={status === "down" ? "critical" : "warning"}>{problems.join(" ")}</StatusWord>
    </span>
  );
}

function databaseText({ database, migrations }: Health): string {
  if (!database.reachable) return "cannot be reached";
  const latency = database.latencyMs === null ? "" : ` in ${formatDuration(database.latencyMs)}`;
  const pending = migrations?.pending ?? 0;
  const lacking = pending === 0 ? "none is missing" : `${pending} are missing`;
  return `answers${latency}; ${migrations?.applied ?? 0} migrations applied, ${lacking}`;
}

function workersText({ workers }: Health): string {
  if (workers === null) return "not known";
  return `${workers.collectors} reading sources, ${workers.jobs} running jobs`;
}

function rollupsText({ rollups }: Health): string {
  if (rollups === null) return "not known";
  const oldest =
    rollups.oldestAgeS === null ? "" : `, the oldest for ${formatDuration(rollups.oldestAgeS * 1000)}`;
  return `${formatCount(rollups.backlog)}${oldest}`;
}

function auditText({ audit }: Health): string {
  if (audit === null) return "not known";
  const since = (ageS: number | null) =>
    ageS === null ? "" : `, the oldest for ${formatDuration(ageS * 1000)}`;
  const sealed =
    audit.unsealedS === null ? "all lines are sealed" : `lines wait to be sealed${since(audit.unsealedS)}`;
  const witnessed =
    audit.unwitnessedS === null
      ? "all blocks are witnessed"
      : `blocks wait to be witnessed${since(audit.unwitnessedS)}`;
  return `${sealed}; ${witnessed}`;
}
