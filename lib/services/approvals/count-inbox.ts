import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { listWaiting } from "@/lib/db/approvals";
import { listApproversOf } from "@/lib/db/deputies";
import { countUnseen } from "@/lib/db/notices";
import { query } from "@/lib/services/query";
import { standingOf } from "./waiting-approval";

/** What awaits this person: requests to decide on and notices they have not seen. @throws AppError forbidden */
export const countInbox = query({
  permission: "approval.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ actor, now }): Promise<{ readonly toDecide: number; readonly unseen: number }> => {
    const [waiting, approvers, unseen] = await Promise.all([
      listWaiting(),
      listApproversOf(actorId(actor), now),
      countUnseen({ permission: "approval.read", userId: actorId(actor) }),
    ]);
    const toDecide = waiting.filter(
      ({ act, requester, expiresAt }) =>
        act !== undefined &&
        expiresAt > now &&
        standingOf(actor, { act, requester }, approvers).kind !== "none",
    );
    return { toDecide: toDecide.length, unseen };
  },
});
