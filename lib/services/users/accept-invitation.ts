import type { Actor } from "@/lib/core/authz/actor";
import { acceptInvitationSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { hashPassword } from "@/lib/crypto/password";
import { consumeInvitation, findInvited, joinPerson } from "@/lib/db/people";
import { inTransaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";

/**
 * The name that the inviter gave and the address to sign in with, for the page of the link; undefined when the link
 * does not hold, whatever the cause.
 */
export async function readInvitation(
  token: string,
  now: Date,
): Promise<{ readonly name: string; readonly email: string } | undefined> {
  const person = await inTransaction((tx) => findInvited(tx, { tokenHash: tokenHash(token), now }));
  return person && { name: person.name, email: person.email };
}

/**
 * Turns the token of a link and { name, password } into an account that can sign in. The link is the authority, so the
 * product itself acts. Of two requests that race, one joins.
 * @throws AppError bad_request | forbidden for a link that does not hold
 */
export function acceptInvitation(rawInput: unknown): Promise<{ readonly email: string }> {
  return accept(inviter, rawInput);
}

const inviter: Actor = { kind: "system", name: "invitation" };

const accept = command({
  permission: "user.write",
  input: acceptInvitationSchema,
  run: async ({ tx, input, now }) => {
    const link = { tokenHash: tokenHash(input.token), now };
    const person = await findInvited(tx, link);
    if (person === undefined || !(await consumeInvitation(tx, link))) {
      throw new AppError("forbidden", "This link is used up or out of date. Ask for a new one.");
    }
    const passwordHash = await hashPassword(input.password);
    await joinPerson(tx, { userId: person.id, name: input.name, passwordHash, now });
    return { userId: person.id, email: person.email };
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "user",
    entityId: result.userId,
    detail: { joined: true },
  }),
});
