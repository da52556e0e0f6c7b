import type { ReviewSubject } from "@/lib/core/audit/schema";
import { reviewLineRefSchema } from "@/lib/core/audit/schema";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { judgeReviewLine, readReviewLines } from "@/lib/db/audit-reviews";
import { isStillHeld } from "@/lib/db/held-access";
import { revokeClient } from "@/lib/services/api-clients/revoke-client";
import { command } from "@/lib/services/command";
import { query } from "@/lib/services/query";
import { revokeToken } from "@/lib/services/tokens/revoke-token";
import { disablePerson } from "@/lib/services/users/disable-person";
import { takeRole } from "@/lib/services/users/take-role";

/**
 * Takes away what a line of an access review is about, by the verb that always does so, with its rights and its second
 * factor, and then notes it in the review. What is gone already is only noted. Input: { id, position }.
 * @throws AppError forbidden | step_up_required | bad_request | not_found | conflict | whatever the verb throws
 */
export async function removeAccess(actor: Actor, rawInput: unknown): Promise<void> {
  const { subject } = await findLine(actor, rawInput);
  if (await isStillHeld(subject, new Date())) await takeAway(actor, subject);
  await noteRemoved(actor, rawInput);
}

const findLine = query({
  permission: "audit-review.write",
  input: reviewLineRefSchema,
  disclosesPhi: false,
  run: async ({ actor, input: { id, position } }) => {
    const line = (await readReviewLines(id)).find((one) => one.position === position);
    if (line === undefined) throw new AppError("not_found", "There is no such line.");
    if (line.personId === actorId(actor))
      throw new AppError("conflict", "Another person judges your own access.");
    return line;
  },
});

const noteRemoved = command({
  permission: "audit-review.write",
  input: reviewLineRefSchema,
  run: async ({ tx, actor, input, now }) => {
    const line = { ...input, judgement: "removed", note: "", by: actorId(actor), now } as const;
    if (await judgeReviewLine(tx, line)) return;
    throw new AppError("conflict", "This cannot be judged: it is about yourself, signed, removed or gone.");
  },
  audit: ({ input: { id, position } }) => ({
    action: "U",
    entityType: "audit-review",
    entityId: id,
    detail: { line: position, judgement: "removed" },
  }),
});

async function takeAway(actor: Actor, subject: ReviewSubject): Promise<void> {
  switch (subject.kind) {
    case "account":
      await disablePerson(actor, { userId: subject.userId });
      return;
    case "role": {
      const { userId, role, department } = subject;
      await takeRole(actor, { userId, role, department: department ?? "" });
      return;
    }
    case "token":
      await revokeToken(actor, { tokenId: subject.tokenId });
      return;
    case "client":
      await revokeClient(actor, { clientId: subject.clientId });
      return;
    case "opening":
    case "week":
      throw new AppError("bad_request", "There is nothing to take away here.");
  }
}
