import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { countFactorAttempt, forgetFactorAttempts } from "@/lib/db/second-factor-throttle";
import { inTransaction } from "@/lib/db/transaction";
import { type FactorWord, secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

/** Counts an attempt at a factor, over all processes. @throws AppError rate_limited (`info.retryAfterS`) | forbidden */
export async function countCodeAttempt(live: LiveSession, now: Date): Promise<void> {
  const verdict = await countFactorAttempt(whoOf(live));
  switch (verdict.kind) {
    case "allowed":
      return;
    case "later":
      await auditFailure(live, { what: "throttled", now });
      throw new AppError("rate_limited", "Too many attempts. Wait 15 minutes, then try again.", {
        info: { retryAfterS: verdict.retryAfterS },
      });
    case "exhausted":
      await auditFailure(live, { what: "exhausted", now });
      throw new AppError(
        "forbidden",
        "Too many wrong codes in a row. Ask whoever runs Signalbox to reset your second factor.",
      );
  }
}

/** Forgets the wrong codes of a person who came in. */
export async function forgetCodeAttempts(live: LiveSession): Promise<void> {
  await forgetFactorAttempts(whoOf(live));
}

/** Audits a code that does not count and refuses it, whatever was wrong with it. @throws AppError bad_request */
export async function refuseCode(live: LiveSession, of: Failure): Promise<never> {
  await auditFailure(live, of);
  throw new AppError("bad_request", refusal(of.what));
}

function refusal(what: FactorWord): string {
  switch (what) {
    case "passkey":
    case "new-passkey":
      return "This passkey was not accepted. Try again.";
    case "passkey-rollback":
      return "This passkey is refused: its counter went back, as that of a copy would. Use another factor and remove it.";
    case "unlock":
      return "Password and code do not count together. Check both and try again.";
    default:
      return "This code does not count. Wait for the next one and try again.";
  }
}

type Failure = { readonly what: FactorWord; readonly now: Date };

async function auditFailure({ actor }: LiveSession, { what, now }: Failure): Promise<void> {
  const leaf = secondFactorLeaf({ userId: actor.id, now, action: "E", outcome: "failure", what });
  await inTransaction((tx) => appendAudit(tx, leaf));
}

function whoOf({ actor, session }: LiveSession) {
  return { userId: actor.id, address: session.address ?? "unknown" };
}
