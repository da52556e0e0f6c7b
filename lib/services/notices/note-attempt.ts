import { type Attempt, nextAttemptAt } from "@/lib/core/notice/problem";
import { noteNotSent, noteSent } from "@/lib/db/notice-deliveries";

/** Keeps how an attempt ended: gone out, to be tried again, or failed for good. */
export async function noteAttempt(ask: {
  readonly id: string;
  readonly attempts: number;
  readonly attempt: Attempt;
  readonly now: Date;
  readonly spread: number;
}): Promise<void> {
  const { id, attempts, attempt, now, spread } = ask;
  if (attempt.kind === "sent") return noteSent(id, now);
  const nextAt = attempt.kind === "never" ? undefined : nextAttemptAt({ attempts, now, spread });
  await noteNotSent({ id, attempts, problem: attempt.problem, nextAt, now });
}
