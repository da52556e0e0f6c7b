import { randomUUID } from "node:crypto";
import { appendAudit } from "@/lib/db/audit";
import { type FactorReset, factorResetEntity, findUnseenReset } from "@/lib/db/factor-resets";
import { inTransaction } from "@/lib/db/transaction";
import { requireSession } from "./current-actor";

/** For so long somebody is told that their factors were reset, unless they have said that they know. */
const TOLD_MS = 30 * 86_400_000;

/** When all factors of whoever makes this request were last taken away, until they say that they know. @throws AppError unauthenticated */
export async function readMyReset(): Promise<FactorReset | undefined> {
  const { actor } = await requireSession();
  return findUnseenReset(actor.id, new Date(Date.now() - TOLD_MS));
}

/** They know. Nothing happens where there is nothing to know. @throws AppError unauthenticated */
export async function noteMyReset(): Promise<void> {
  const { actor } = await requireSession();
  const now = new Date();
  for (;;) {
    const reset = await findUnseenReset(actor.id, new Date(now.getTime() - TOLD_MS));
    if (reset === undefined) return;
    await inTransaction((tx) =>
      appendAudit(tx, {
        at: now,
        actorKind: "user",
        actorId: actor.id,
        action: "U",
        permission: "second-factor",
        entityType: factorResetEntity,
        entityId: reset.leafId,
        outcome: "success",
        detail: { what: "seen" },
        requestId: randomUUID(),
      }),
    );
  }
}
