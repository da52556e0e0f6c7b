import { redirect } from "next/navigation";
import { currentSession } from "@/lib/auth/current-actor";
import { requiresSecondFactor } from "@/lib/auth/second-factor";
import type { LiveSession } from "@/lib/auth/session";
import { withNext } from "./safe-next";

/** For the pages between password and console: who gave a password, and whether a second factor is still owed. */
export async function requirePending(
  next: string,
): Promise<{ readonly live: LiveSession; readonly isFactorOwed: boolean }> {
  const live = await currentSession();
  if (live === undefined) redirect(withNext("/sign-in", next));
  return { live, isFactorOwed: requiresSecondFactor(live.session) };
}
