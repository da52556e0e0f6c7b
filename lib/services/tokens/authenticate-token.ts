import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { type Database, database } from "@/lib/db/client";
import { findTokenByHash, type PresentedToken, touchToken } from "@/lib/db/tokens";

/** A revoked token, a removed or a paused source is noticed within this time. */
const MAX_AGE_MS = 1_000;
const MAX_REMEMBERED = 1_000;
const TOUCH_EVERY_MS = 60_000;

/**
 * Who presents this bearer secret. Answers from memory for at most a second.
 * @throws AppError unauthenticated (unknown, expired, revoked, source removed) | overloaded (source paused: keep and retry)
 */
export async function authenticateToken(
  secret: string,
  now: Date,
): Promise<Extract<Actor, { kind: "source" }>> {
  const presented = await look(tokenHash(secret), now);
  if (presented === undefined || !isValid(presented, now)) {
    throw new AppError("unauthenticated", "The token is not known, or no longer valid.", {
      info: { hasToken: true },
    });
  }
  if (presented.isSourcePaused) {
    throw new AppError("overloaded", "This source is paused. Keep what you have and send it again later.", {
      info: { reason: "source_paused", retryAfterS: 60 },
    });
  }
  const { id, sourceId, scopes } = presented.token;
  return { kind: "source", sourceId, tokenId: id, scopes };
}

function isValid({ token, isSourceRemoved }: PresentedToken, now: Date): boolean {
  const isExpired = token.expiresAt !== undefined && token.expiresAt <= now;
  return !isExpired && token.revokedAt === undefined && !isSourceRemoved;
}

type Remembered = { readonly atMs: number; readonly answer: Promise<PresentedToken | undefined> };

// One memory for each database: tests and the restore of a backup change it within one process.
const memories = new WeakMap<Database, Map<string, Remembered>>();

/** Unknown secrets are remembered too, so that guessing costs the database one look-up a second each. */
function look(hash: Buffer, now: Date): Promise<PresentedToken | undefined> {
  const memory = memories.get(database()) ?? new Map<string, Remembered>();
  memories.set(database(), memory);
  const key = hash.toString("base64");
  const known = memory.get(key);
  if (known !== undefined && performance.now() - known.atMs < MAX_AGE_MS) return known.answer;
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  const answer = lookUp(hash, now);
  memory.set(key, { atMs: performance.now(), answer });
  // An error is not an answer: the next request asks again.
  answer.catch(() => memory.delete(key));
  return answer;
}

async function lookUp(hash: Buffer, now: Date): Promise<PresentedToken | undefined> {
  const presented = await findTokenByHash(hash, now);
  if (presented === undefined || !isValid(presented, now)) return presented;
  const lastUsedMs = presented.token.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - lastUsedMs >= TOUCH_EVERY_MS) await touchToken(presented.token.id);
  return presented;
}
