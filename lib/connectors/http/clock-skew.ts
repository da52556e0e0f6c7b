import type { ServerAnswer } from "./client";

/**
 * A server's clock minus ours, by the time that it told in an answer. It tells whole seconds, so a difference below one is
 * none that can be seen.
 */
export function clockSkewOf(
  theirs: Date,
  { askedAtMs, tookMs }: Pick<ServerAnswer, "askedAtMs" | "tookMs">,
): number {
  const difference = theirs.getTime() + 500 - (askedAtMs + tookMs / 2);
  return Math.abs(difference) <= 1_000 ? 0 : Math.round(difference);
}
