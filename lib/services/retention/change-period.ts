import { AppError } from "@/lib/core/errors";
import { daysKept } from "@/lib/core/retention/periods";
import { newPeriodSchema } from "@/lib/core/retention/schema";
import { readPeriods } from "@/lib/db/retention-periods";
import { askForApproval, hasSecondPerson } from "@/lib/services/approvals/ask-for-approval";
import { command } from "@/lib/services/command";

/**
 * Asks a second person to change how long a kind of record is kept. Never done by one alone. Input: { record, days }.
 * @throws AppError forbidden | bad_request | step_up_required | conflict
 */
export const changePeriod = command({
  permission: "setting.write",
  input: newPeriodSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    if (actor.kind !== "user") throw new AppError("forbidden", "Only people ask for this.");
    const before = daysKept(input.record, await readPeriods());
    if (before === input.days) throw new AppError("conflict", "They are kept for so long already.");
    const kind = "change-retention";
    if (!(await hasSecondPerson(tx, { kind, involved: [actor.id] }))) {
      throw new AppError("conflict", "There is no second administrator to approve this. Make one first.");
    }
    const act = { kind, payload: { ...input, before } } as const;
    return { approvalId: await askForApproval(tx, { act, requesterId: actor.id, now }), before };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "approval",
    entityId: result.approvalId,
    detail: { asked: "change-retention", record: input.record, before: result.before, days: input.days },
  }),
});
