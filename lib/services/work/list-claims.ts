import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { type ClaimState, claimState, workKinds } from "@/lib/core/work/claim";
import { findOpenClaims, type LiveClaim, listLiveClaims } from "@/lib/db/work-claims";
import { query } from "@/lib/services/query";

export type { LiveClaim } from "@/lib/db/work-claims";

/** What is claimed now within reach: one's own, and what others work on. @throws AppError forbidden */
export const listClaims = query({
  permission: "work.claim",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({
    actor,
    now,
    reach,
  }): Promise<{ readonly mine: readonly LiveClaim[]; readonly others: readonly LiveClaim[] }> => {
    const claims = await listLiveClaims(now, reach);
    const isMine = ({ userId }: LiveClaim) => userId === actorId(actor);
    return { mine: claims.filter(isMine), others: claims.filter((claim) => !isMine(claim)) };
  },
});

/** How items of one kind stand to this person, in the order asked. Input: { kind, ids }. @throws AppError forbidden | bad_request */
export const readClaimStates = query({
  permission: "work.claim",
  input: z.object({ kind: z.enum(workKinds), ids: z.array(z.string().max(64)).max(500) }),
  disclosesPhi: false,
  run: async ({ actor, input: { kind, ids }, now }): Promise<readonly ClaimState[]> => {
    const claims = await findOpenClaims(kind, ids);
    return ids.map((id) => claimState({ claim: claims.get(id), userId: actorId(actor), now }));
  },
});
