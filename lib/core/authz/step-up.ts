import type { Actor } from "./actor";

/** What a second factor can be. */
export const factorKinds = ["totp", "recovery-code", "passkey"] as const;
export type FactorKind = (typeof factorKinds)[number];

/** How fresh a second factor must be for what is most dangerous. */
export const stepUpLimitMs = 5 * 60_000;

/**
 * Whether the actor has proved their second factor lately enough for a dangerous act. Feeds and the product itself have
 * none to prove: what they may do is limited by their permissions alone.
 */
export function isFactorFresh(actor: Actor, now: Date): boolean {
  if (actor.kind !== "user") return true;
  return actor.factorAt !== undefined && now.getTime() - actor.factorAt.getTime() <= stepUpLimitMs;
}
