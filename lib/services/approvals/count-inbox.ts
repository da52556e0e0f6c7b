import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { listWaiting } from "@/lib/db/approvals";
import { countUnseen } from "@/lib/db/notices";
import { query } from "@/lib/services/query";
import { whyNotDecide } from "./waiting-approval";

/** What awaits this person: requests to decide on and notices they have not seen. @throws AppError forbidden */
export const countInbox = query({
  permission: "approval.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ actor, now }): Promise<{ readonly toDecide: number; readonly unseen: number }> => {
    const [waiting, unseen] = await Promise.all([
      listWaiting(),
      countUnseen({ permission: "approval.read", userId: actorId(actor) }),
    ]);
    const toDecide = waiting.filter(
      ({ act, requester, expiresAt }) =>
        act !== undefined && expiresAt > now && whyNotDecide(actor, { act, requester }) === undefined,
    );
    return { toDecide: toDecide.length, unseen };
  },
});
