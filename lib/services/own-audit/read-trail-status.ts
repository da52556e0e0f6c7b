import { z } from "zod";
import { atOneMoment, countAfter } from "@/lib/db/audit-trail";
import { readHead, readLastWitness } from "@/lib/db/audit-witness";
import { query } from "@/lib/services/query";

/** How far the audit trail is sealed and witnessed. Says nothing about whether it holds: that takes a check. */
export type TrailStatus = {
  readonly lastBlock: { readonly number: number; readonly sealedAt: Date } | undefined;
  readonly lastWitness: { readonly number: number; readonly at: Date } | undefined;
  readonly rowsNotSealed: number;
  /** Rows since the last witness, sealed or not. */
  readonly rowsNotWitnessed: number;
};

/** @throws AppError forbidden | bad_request */
export const readTrailStatus = query({
  permission: "audit.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async (): Promise<TrailStatus> => {
    const [head, witness] = await Promise.all([readHead(), readLastWitness()]);
    const { sealed, unsealed } = await atOneMoment((client) => countAfter(client, witness?.number ?? 0));
    return {
      lastBlock: head && { number: head.number, sealedAt: head.sealedAt },
      lastWitness: witness && { number: witness.number, at: witness.at },
      rowsNotSealed: unsealed,
      rowsNotWitnessed: sealed + unsealed,
    };
  },
});
