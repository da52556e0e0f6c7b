import { AppError } from "@/lib/core/errors";
import { liftHoldSchema } from "@/lib/core/retention/schema";
import { endHold, findLegalHold } from "@/lib/db/legal-holds";
import { command } from "@/lib/services/command";
import { personOf } from "./place-hold";

/**
 * Lifts a hold: the next run deletes what it kept, where nothing else keeps it. Never by whoever placed it; a constraint
 * of the database says so too. Input: { id, reason }.
 * @throws AppError forbidden | bad_request | not_found | conflict when it is lifted already
 */
export const liftHold = command({
  permission: "legal-hold.write",
  stepUp: true,
  input: liftHoldSchema,
  run: async ({ tx, actor, input, now }) => {
    const liftedBy = personOf(actor);
    const hold = await findLegalHold(input.id);
    if (hold === undefined) throw new AppError("not_found", "There is no such hold.");
    if (hold.placedBy.id === liftedBy) {
      throw new AppError("forbidden", "Whoever placed a hold does not lift it: ask another person.");
    }
    if (!(await endHold(tx, { id: hold.id, liftedBy, reason: input.reason, now }))) {
      throw new AppError("conflict", "This hold is lifted already.");
    }
    return { id: hold.id, kind: hold.subject.kind };
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "legal-hold",
    entityId: result.id,
    detail: { kind: result.kind, lifted: true },
  }),
});
