import type { Escalation, StepTaken } from "@/lib/core/notice/escalation";
import { type NoticeSeverity, type Plan, planSchema } from "@/lib/core/notice/schema";
import type { Transaction } from "./transaction";

/** An incident on its way through the steps. */
export type EscalationRecord = {
  readonly incidentId: string;
  readonly noticeId: string;
  readonly severity: NoticeSeverity;
  readonly plan: Plan;
  readonly at: Escalation;
};

/**
 * Sets an incident on its way; one that went its way before begins a cycle further, so that no step of a cycle is taken
 * twice. One that is on its way stays as it is.
 */
export async function beginEscalationRow(
  tx: Transaction,
  begin: Pick<EscalationRecord, "incidentId" | "noticeId" | "plan" | "at"> & { readonly now: Date },
): Promise<void> {
  const { incidentId, noticeId, plan, at, now } = begin;
  await tx.$executeRaw`
    INSERT INTO signal.escalation AS e (incident_id, notice_id, plan, cycle, step, started_at, next_at)
    VALUES (${incidentId}, ${noticeId}::bigint, ${JSON.stringify(plan)}::jsonb, ${at.cycle}, ${at.step}, ${now}, ${at.nextAt ?? null})
    ON CONFLICT (incident_id) DO UPDATE SET notice_id = EXCLUDED.notice_id, plan = EXCLUDED.plan, cycle = e.cycle + 1,
      step = 0, started_at = EXCLUDED.started_at, next_at = EXCLUDED.next_at, ended_at = NULL, ended_because = NULL
    WHERE e.ended_at IS NOT NULL`;
}

type Row = {
  readonly incidentId: string;
  readonly noticeId: string;
  readonly severity: NoticeSeverity;
  readonly plan: unknown;
  readonly cycle: number;
  readonly step: number;
  readonly nextAt: Date;
};

/** One that is due, held to the end of the transaction. Index escalation_due. */
export async function lockDueEscalation(tx: Transaction, now: Date): Promise<EscalationRecord | undefined> {
  const rows = await tx.$queryRaw<readonly Row[]>`
    SELECT e.incident_id AS "incidentId", e.notice_id::text AS "noticeId", n.severity, e.plan, e.cycle, e.step,
      e.next_at AS "nextAt"
    FROM signal.escalation e JOIN signal.notice_outbox n ON n.id = e.notice_id
    WHERE e.ended_at IS NULL AND e.next_at <= ${now} ORDER BY e.next_at LIMIT 1 FOR UPDATE OF e SKIP LOCKED`;
  const [row] = rows;
  if (row === undefined) return undefined;
  const { cycle, step, nextAt, plan, ...rest } = row;
  return { ...rest, plan: planSchema.parse(plan), at: { cycle, step, nextAt } };
}

/** Keeps how far it came; done with all steps, it ends. */
export async function saveEscalation(
  tx: Transaction,
  save: { readonly incidentId: string; readonly at: Escalation; readonly now: Date },
): Promise<void> {
  const { incidentId, at, now } = save;
  const isOver = at.nextAt === undefined;
  await tx.$executeRaw`
    UPDATE signal.escalation SET cycle = ${at.cycle}, step = ${at.step}, next_at = ${at.nextAt ?? null},
      ended_at = ${isOver ? now : null}, ended_because = ${isOver ? "exhausted" : null}
    WHERE incident_id = ${incidentId}`;
}

/** Writes down a step; its key keeps it from being taken twice in a cycle. */
export async function insertStep(
  tx: Transaction,
  of: {
    readonly incidentId: string;
    readonly step: StepTaken<unknown>;
    readonly told: number;
    readonly now: Date;
  },
): Promise<void> {
  const { incidentId, step, told, now } = of;
  await tx.$executeRaw`
    INSERT INTO signal.escalation_step (incident_id, cycle, step, taken_at, told, is_last_resort)
    VALUES (${incidentId}, ${step.cycle}, ${step.step}, ${now}, ${told}, ${step.isLastResort})`;
}

/** Nobody is told any further of an incident: somebody answered, or it is over. */
export async function endEscalation(
  tx: Transaction,
  end: {
    readonly incidentId: string;
    readonly because: "acknowledged" | "resolved";
    readonly now: Date;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.escalation SET ended_at = ${end.now}, ended_because = ${end.because}
    WHERE incident_id = ${end.incidentId} AND ended_at IS NULL`;
}
