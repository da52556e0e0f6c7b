import { isInRanges } from "@/lib/config/network";
import type { Actor } from "@/lib/core/authz/actor";
import { BOARD_SCOPE } from "@/lib/core/display/schema";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { findDisplayByToken, touchDisplay } from "@/lib/db/displays";
import { cookieName } from "./options";

/** Of the cookie that holds a screen's token. */
export function displayCookieName(): string {
  return cookieName("signalbox.display");
}

/**
 * The screen behind a token, as an actor that may see the overview and nothing else; undefined when the token is unknown,
 * revoked, out of date, or comes from an address that is not the screen's.
 */
export async function displayActor(ask: {
  readonly token: string;
  readonly address: string;
  readonly now: Date;
}): Promise<Actor | undefined> {
  const { token, address, now } = ask;
  const display = await findDisplayByToken(tokenHash(token), now);
  if (display === undefined || !isInRanges({ address, ranges: display.ranges })) return undefined;
  const seenMs = now.getTime() - (display.lastUsedAt?.getTime() ?? 0);
  if (seenMs >= touchEveryMs) await touchDisplay({ id: display.id, address, now });
  const { id, name } = display;
  return { kind: "client", clientId: id, name, sourceId: undefined, scopes: [BOARD_SCOPE] };
}

/** Last seen is written at most this often. */
const touchEveryMs = 60_000;
