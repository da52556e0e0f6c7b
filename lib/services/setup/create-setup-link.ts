import { z } from "zod";
import { env } from "@/lib/config/env";
import type { Actor } from "@/lib/core/authz/actor";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { replaceSetupLink } from "@/lib/db/setup-links";
import { hasUsers } from "@/lib/db/users";
import { command } from "@/lib/services/command";

const starter: Actor = { kind: "system", name: "start" };
const validForMs = 24 * 3_600_000;

/**
 * A one-time address under which the first administrator is made, good for 24 hours; the one before it stops working.
 * Undefined once anybody can sign in.
 */
export async function createSetupLink(): Promise<{ readonly url: string } | undefined> {
  if (await hasUsers()) return undefined;
  return makeLink(starter, {});
}

const makeLink = command({
  permission: "user.write",
  input: z.object({}),
  run: async ({ tx, now }) => {
    const token = newToken("setup");
    const expiresAt = new Date(now.getTime() + validForMs);
    await replaceSetupLink(tx, { tokenHash: tokenHash(token), now, expiresAt });
    return { url: `${env().publicUrl}/setup?link=${token}` };
  },
  audit: () => ({ action: "C", entityType: "setup-link", entityId: "first-administrator" }),
});
