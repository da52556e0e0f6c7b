import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { forgetPoints, type RateLimit, spendPoints } from "@/lib/db/rate-limit";
import { inTransaction } from "@/lib/db/transaction";
import { secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

/** By person and address: only who knows the password gets here, and a stranger elsewhere locks nobody out. */
const limit: RateLimit = { name: "second-factor", points: 10, windowS: 900 };

/** Counts an attempt at a code, over all processes. @throws AppError rate_limited (`info.retryAfterS`) */
export async function countCodeAttempt(live: LiveSession, now: Date): Promise<void> {
  const verdict = await spendPoints({ limit, key: keyOf(live) });
  if (verdict.isAllowed) return;
  await auditFailure(live, { what: "throttled", now });
  throw new AppError("rate_limited", "Too many attempts. Wait 15 minutes, then try again.", {
    info: { retryAfterS: Math.ceil(verdict.resetMs / 1000) },
  });
}

/** Forgets the wrong codes of a person who came in. */
export async function forgetCodeAttempts(live: LiveSession): Promise<void> {
  await forgetPoints({ limit, key: keyOf(live) });
}

/** Audits a code that does not count and refuses it, whatever was wrong with it. @throws AppError bad_request */
export async function refuseCode(live: LiveSession, of: Failure): Promise<never> {
  await auditFailure(live, of);
  throw new AppError("bad_request", "This code does not count. Wait for the next one and try again.");
}

type Failure = { readonly what: "totp" | "recovery-code" | "enrolment" | "throttled"; readonly now: Date };

async function auditFailure({ actor }: LiveSession, { what, now }: Failure): Promise<void> {
  const leaf = secondFactorLeaf({ userId: actor.id, now, action: "E", outcome: "failure", what });
  await inTransaction((tx) => appendAudit(tx, leaf));
}

function keyOf({ actor, session }: LiveSession): string {
  return `${actor.id}/${session.address ?? "unknown"}`;
}
