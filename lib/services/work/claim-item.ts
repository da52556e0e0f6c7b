import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { AppError } from "@/lib/core/errors";
import { claimsAtOnce, claimsPerHour, claimUntil, printItem } from "@/lib/core/work/claim";
import { workItemSchema } from "@/lib/core/work/schema";
import { countClaims, endExpiredClaim, insertClaim, lockClaims } from "@/lib/db/work-claims";
import { type CommandContext, command } from "@/lib/services/command";
import { workKindSpecs, workReach } from "./work-kinds";

/**
 * Takes up one item of work: for the length of the claim its record is open to this person and to nobody else by a claim.
 * The one line in the audit trail stands for all looks in that time, with the item as the reason. An item whose claim has
 * expired is taken over. Input: { kind, id }.
 * @throws AppError forbidden | bad_request | not_found | conflict when somebody has it or nothing is left to do | rate_limited | not_available while content is closed to this person
 */
export const claimItem = command({
  permission: "work.claim",
  input: workItemSchema,
  run: async (context) => {
    const { tx, actor, input, now } = context;
    const access = contentAccess(actor);
    if (access.kind === "closed") throw new AppError("not_available", access.why);
    const { sourceId, interfaceId, patientRefs } = await workKindSpecs[input.kind].find(
      input.id,
      workReach(actor, input.kind),
    );
    await requireRoom(context);
    const userId = actorId(actor);
    const before = await endExpiredClaim(tx, { ...input, now });
    const claim = { claimId: randomUUID(), userId, claimedAt: now, expiresAt: claimUntil(now, now) };
    if (!(await insertClaim(tx, { ...input, ...claim, sourceId, interfaceId }))) {
      throw new AppError("conflict", "This item is claimed already.");
    }
    return { ...claim, patientRefs, takenOverFrom: before === userId ? undefined : before };
  },
  audit: ({ input, result: { claimId, expiresAt, patientRefs, takenOverFrom } }) => ({
    action: "R",
    entityType: "work-claim",
    entityId: printItem(input),
    detail: {
      grant: claimId,
      reason: printItem(input),
      until: expiresAt.toISOString(),
      ...(takenOverFrom === undefined ? {} : { takenOverFrom }),
    },
    patientRefs,
  }),
});

/** @throws AppError conflict | rate_limited */
async function requireRoom(context: CommandContext<z.output<typeof workItemSchema>>): Promise<void> {
  const { tx, actor, now } = context;
  const userId = actorId(actor);
  await lockClaims(tx, userId);
  const since = new Date(now.getTime() - 3_600_000);
  const { held, taken } = await countClaims(tx, { userId, since, now });
  if (held >= claimsAtOnce) {
    throw new AppError("conflict", "You hold five items already. Release one before you claim another.");
  }
  if (taken >= claimsPerHour) {
    throw new AppError(
      "rate_limited",
      "You claimed thirty items within an hour. Wait before you claim more.",
    );
  }
}
