import { env } from "@/lib/config/env";
import { isForThisMachineOnly, type Reachability } from "@/lib/config/network";
import { demoStandingOf } from "@/lib/db/demo-accounts";

/**
 * Whether an account may sign in here as far as the demo goes. Accounts of the demo work on this machine alone, and only
 * while their demo is there without a real source; asked at every sign-in, because settings and sources change.
 */
export async function isWelcomeHere(userId: string, settings: Reachability = env()): Promise<boolean> {
  const standing = await demoStandingOf(userId);
  return standing === "own" || (standing === "demo" && isForThisMachineOnly(settings));
}
