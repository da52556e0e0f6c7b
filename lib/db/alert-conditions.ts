import type { AlertState, Suppression } from "@/lib/core/alert/evaluate";
import type { ConditionKind } from "@/lib/core/alert/presets";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** A problem that is followed from tick to tick until it is over. */
export type ConditionRecord = {
  readonly id: string;
  readonly key: string;
  readonly kind: ConditionKind;
  readonly place: string;
  readonly interfaceId: number;
  readonly incidentNumber: string | null;
  readonly count: number;
  readonly state: AlertState;
};

/** Keeps a second evaluator out until the transaction ends: ticks that overlap come one after the other. */
export async function lockEvaluation(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('signalbox evaluate-alerts', 0))`;
}

type Row = Omit<ConditionRecord, "state"> & {
  readonly alertState: AlertState["kind"];
  readonly suppressedBy: Suppression | null;
  readonly breachSince: Date | null;
  readonly calmSince: Date | null;
  readonly isRaised: boolean;
  readonly isNoticed: boolean;
};

/** All that are not over. Index condition_open_key; some hundreds at worst. */
export async function readOpenConditions(tx: Transaction): Promise<readonly ConditionRecord[]> {
  const rows = await tx.$queryRaw<readonly Row[]>`
    SELECT id::text, key, kind, place, interface_id AS "interfaceId", incident_number::text AS "incidentNumber", count,
      state AS "alertState", suppressed_by AS "suppressedBy", breach_since AS "breachSince", calm_since AS "calmSince",
      is_raised AS "isRaised", is_noticed AS "isNoticed"
    FROM signal.condition WHERE cleared_at IS NULL ORDER BY id`;
  return rows.map(({ alertState, suppressedBy, breachSince, calmSince, isRaised, isNoticed, ...rest }) => ({
    ...rest,
    state: {
      kind: alertState,
      suppressedBy: suppressedBy ?? undefined,
      breachSince: breachSince ?? undefined,
      calmSince: calmSince ?? undefined,
      isRaised,
      isNoticed,
    },
  }));
}

/** Begins to follow a problem, or keeps how far it came; one that was raised and is no more is over. */
export async function saveCondition(
  tx: Transaction,
  save: Omit<ConditionRecord, "id"> & { readonly id: string | undefined; readonly now: Date },
): Promise<void> {
  const { id, key, kind, place, interfaceId, incidentNumber, count, state, now } = save;
  const { breachSince = null, calmSince = null, suppressedBy = null, isRaised, isNoticed } = state;
  if (id === undefined) {
    await tx.$executeRaw`
      INSERT INTO signal.condition (key, kind, place, interface_id, incident_number, state, suppressed_by, breach_since,
        calm_since, is_raised, is_noticed, count, first_at, last_at)
      VALUES (${key}, ${kind}, ${place}, ${interfaceId}, ${incidentNumber}::bigint, ${state.kind}, ${suppressedBy},
        ${breachSince}, ${calmSince}, ${isRaised}, ${isNoticed}, ${count}, ${now}, ${now})`;
    return;
  }
  await tx.$executeRaw`
    UPDATE signal.condition SET place = ${place}, incident_number = coalesce(${incidentNumber}::bigint, incident_number),
      state = ${state.kind}, suppressed_by = ${suppressedBy}, breach_since = ${breachSince}, calm_since = ${calmSince},
      is_raised = ${isRaised}, is_noticed = ${isNoticed}, count = greatest(count, ${count}), last_at = ${now}
    WHERE id = ${id}::bigint`;
}

/** Ends one that was an alarm; one that never became one leaves no trace. */
export async function endCondition(
  tx: Transaction,
  end: { readonly id: string; readonly wasRaised: boolean; readonly now: Date },
): Promise<void> {
  const { id, wasRaised, now } = end;
  await (wasRaised
    ? tx.$executeRaw`
        UPDATE signal.condition SET cleared_at = ${now}, is_raised = false, state = 'ok', suppressed_by = NULL
        WHERE id = ${id}::bigint`
    : tx.$executeRaw`DELETE FROM signal.condition WHERE id = ${id}::bigint`);
}

/** Sources of which a system is in planned maintenance, that is neither over nor called off. */
export async function sourcesInMaintenance(now: Date): Promise<ReadonlySet<number>> {
  const { rows } = await database().pool.query<{ id: number }>(
    `SELECT DISTINCT s.source_id AS id
     FROM public.system_maintenance m JOIN public.system s ON s.id = m.system_id
     WHERE m.from_at <= $1 AND m.until_at > $1 AND m.cancelled_at IS NULL AND s.removed_at IS NULL AND s.source_id IS NOT NULL`,
    [now],
  );
  return new Set(rows.map(({ id }) => id));
}
