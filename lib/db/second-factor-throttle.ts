import { forgetPoints, type RateLimit, spendPoints } from "./rate-limit";

type Attempt = { readonly userId: string; readonly address: string };

/** By person and address: only who knows the password gets here, and a stranger elsewhere locks nobody out. */
const pairLimit: RateLimit = { name: "second-factor", points: 10, windowS: 900 };
/** Wrong codes in a row from wherever, for good (NIST SP 800-63B, 5.2.2): 0 is a window without end. */
const personLimit: RateLimit = { name: "second-factor-person", points: 100, windowS: 0 };

/** Whether a code may be tried: now, after a while, or only once somebody has reset the factors. */
export type FactorVerdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "later"; readonly retryAfterS: number }
  | { readonly kind: "exhausted" };

/** Counts an attempt at a second factor, over all processes. */
export async function countFactorAttempt(attempt: Attempt): Promise<FactorVerdict> {
  const pair = await spendPoints({ limit: pairLimit, key: pairKey(attempt) });
  if (!pair.isAllowed) return { kind: "later", retryAfterS: Math.max(1, Math.ceil(pair.resetMs / 1000)) };
  const person = await spendPoints({ limit: personLimit, key: attempt.userId });
  return { kind: person.isAllowed ? "allowed" : "exhausted" };
}

/** Forgets the wrong codes of a person who came in. */
export async function forgetFactorAttempts(attempt: Attempt): Promise<void> {
  await forgetPoints({ limit: pairLimit, key: pairKey(attempt) });
  await forgetPersonAttempts(attempt.userId);
}

/** Forgets the wrong codes of a person whose factors are reset. Those of an address run out by themselves. */
export async function forgetPersonAttempts(userId: string): Promise<void> {
  await forgetPoints({ limit: personLimit, key: userId });
}

function pairKey({ userId, address }: Attempt): string {
  return `${userId}/${address}`;
}
