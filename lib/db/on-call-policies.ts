import { type Plan, planSchema } from "@/lib/core/notice/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

export type PolicyRecord = {
  readonly id: string;
  readonly name: string;
  /** Undefined: for all that have none of their own. */
  readonly department: string | undefined;
  readonly plan: Plan;
};

type Row = {
  readonly id: string;
  readonly name: string;
  readonly department: string | null;
  readonly plan: unknown;
};

/** Every policy, the one for all in front. One that this version cannot read is left out. */
export async function listPolicyRows(): Promise<readonly PolicyRecord[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT id::text, name, department, plan FROM signal.escalation_policy
     WHERE removed_at IS NULL ORDER BY department NULLS FIRST, id LIMIT 500`,
  );
  return rows.flatMap(recordOf);
}

function recordOf({ id, name, department, plan }: Row): readonly PolicyRecord[] {
  const parsed = planSchema.safeParse(plan);
  return parsed.success ? [{ id, name, department: department ?? undefined, plan: parsed.data }] : [];
}

/** Adds a policy or changes one. False where there is none to change, or the department has another. */
export async function savePolicyRow(
  tx: Transaction,
  save: PolicyRecord & { readonly isNew: boolean; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { id, name, department = null, by, now } = save;
  const plan = JSON.stringify(save.plan);
  const taken = await tx.$queryRaw<readonly unknown[]>`
    SELECT FROM signal.escalation_policy
    WHERE department IS NOT DISTINCT FROM ${department}::text AND id <> ${id}::uuid AND removed_at IS NULL`;
  if (taken.length > 0) return false;
  const written = save.isNew
    ? await tx.$executeRaw`INSERT INTO signal.escalation_policy (id, name, department, plan, changed_at, changed_by)
        VALUES (${id}::uuid, ${name}, ${department}, ${plan}::jsonb, ${now}, ${by})`
    : await tx.$executeRaw`UPDATE signal.escalation_policy SET name = ${name}, department = ${department},
        plan = ${plan}::jsonb, changed_at = ${now}, changed_by = ${by} WHERE id = ${id}::uuid AND removed_at IS NULL`;
  return written === 1;
}

export async function removePolicyRow(
  tx: Transaction,
  which: { readonly id: string; readonly by: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`UPDATE signal.escalation_policy SET removed_at = ${which.now}, changed_at = ${which.now},
    changed_by = ${which.by} WHERE id = ${which.id}::uuid AND removed_at IS NULL`;
}
