import { isInRanges } from "@/lib/config/network";
import type { Actor } from "@/lib/core/authz/actor";
import { openDisplaySchema } from "@/lib/core/display/schema";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { findDisplayByLink, openDisplayRow } from "@/lib/db/displays";
import { command } from "@/lib/services/command";

/**
 * Turns the secret of a link into the token of the screen that opens it, from one of its addresses. The link is the
 * authority, so the product itself acts. Input: { link, address }.
 * @throws AppError bad_request | forbidden for a link that does not hold here
 */
export function openDisplay(
  rawInput: unknown,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  return open(wall, rawInput);
}

const wall: Actor = { kind: "system", name: "display-link" };

const open = command({
  permission: "display.write",
  input: openDisplaySchema,
  run: async ({ tx, input, now }) => {
    const linkHash = tokenHash(input.link);
    const display = await findDisplayByLink(tx, { hash: linkHash, now });
    const token = newToken("board");
    const isHere = display !== undefined && isInRanges({ address: input.address, ranges: display.ranges });
    if (!isHere || !(await openDisplayRow(tx, { linkHash, tokenHash: tokenHash(token) }))) {
      throw new AppError("forbidden", "This link is used up, out of date, or not for this screen's address.");
    }
    return { id: display.id, token, expiresAt: display.expiresAt };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "display",
    entityId: result.id,
    detail: { opened: true, address: input.address },
  }),
});
