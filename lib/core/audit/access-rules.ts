import { UNUSED_MS } from "./activity-rules";
import type { ReviewLineDraft } from "./review";
import type { ReviewRule } from "./review-words";

/** Something that gives access, and when it was last used. */
export type HeldAccess = Pick<ReviewLineDraft, "personId" | "subject"> & {
  readonly lastUsedAt: Date | undefined;
  /** Undefined where such a thing never expires by its nature: accounts and roles. */
  readonly expires: boolean | undefined;
};

/** One line for everything that gives access, each with what speaks against it. */
export function accessLines(held: readonly HeldAccess[], now: Date): readonly ReviewLineDraft[] {
  return held.map(({ personId, subject, lastUsedAt, expires }) => ({
    personId,
    subject,
    rules: [...useRules(lastUsedAt, now), ...(expires === false ? (["no-expiry"] as const) : [])],
  }));
}

function useRules(lastUsedAt: Date | undefined, now: Date): readonly ReviewRule[] {
  if (lastUsedAt === undefined) return ["never-used"];
  return now.getTime() - lastUsedAt.getTime() > UNUSED_MS ? ["not-used-lately"] : [];
}
