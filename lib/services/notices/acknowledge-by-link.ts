import { z } from "zod";
import type { UserActor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { endEscalation } from "@/lib/db/notice-escalations";
import { findLink, spendLink } from "@/lib/db/notice-links";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { findPerson } from "@/lib/db/people";
import { inTransaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";

const linkSchema = z.object({ token: z.string().regex(/^[\w-]{43}$/) });

/**
 * Acknowledges the incident of a notice by the link in it: for the person it was sent to, once, and nothing else. The
 * secret in the link is the authority; whoever can no longer sign in, or is no longer told of incidents, has none.
 * @throws AppError not_found where the link is unknown, used or expired
 */
export async function acknowledgeByLink(rawInput: unknown): Promise<{ readonly path: string }> {
  const parsed = linkSchema.safeParse(rawInput);
  const link = parsed.success ? await findLink(tokenHash(parsed.data.token)) : undefined;
  const account = link && (await inTransaction((tx) => findPerson(tx, link.userId)));
  if (account === undefined || account.disabledAt !== undefined) throw noSuchLink();
  const { id, name, email, grants } = account;
  const actor: UserActor = { kind: "user", id, name, email, grants };
  return acknowledge(actor, rawInput);
}

const acknowledge = command({
  permission: "on-call.read",
  input: linkSchema,
  run: async ({ tx, input, now }) => {
    const spent = await spendLink(tx, { tokenHash: tokenHash(input.token), now });
    if (spent === undefined) throw noSuchLink();
    const { incidentId, notice } = spent;
    await endEscalation(tx, { incidentId, because: "acknowledged", now });
    const key = `incident/${incidentId}/acknowledged/${spent.deliveryId}`;
    await raiseNotice(tx, { ...notice, key, kind: "incident_acknowledged", raisedAt: now });
    return { incidentId, path: notice.path };
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "incident",
    entityId: result.incidentId,
    detail: { what: "acknowledged", by: "link" },
  }),
});

function noSuchLink(): AppError {
  return new AppError("not_found", "This link was used already, or its time is over.");
}
