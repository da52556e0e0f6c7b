import { isEmergencyAccount } from "@/lib/db/emergency";
import { hasIdentity } from "@/lib/db/sso";
import { inTransaction } from "@/lib/db/transaction";
import { requireSession } from "./current-actor";
import { requireFreshFactor } from "./fresh-factor";
import { oidcView } from "./oidc-view";

/** How the account of whoever makes this request and the identity provider stand to each other. */
export type MyProvider = {
  /** What the provider is called on the sign-in page. */
  readonly name: string;
  readonly state: "connected" | "open" | "kept-for-emergencies";
};

/** Undefined where people sign in with local accounts alone. @throws AppError unauthenticated */
export async function readMyProvider(): Promise<MyProvider | undefined> {
  const { actor } = await requireSession();
  const name = oidcView()?.name;
  if (name === undefined) return undefined;
  return inTransaction(async (tx) => {
    if (await hasIdentity(tx, actor.id)) return { name, state: "connected" };
    return { name, state: (await isEmergencyAccount(tx, actor.id)) ? "kept-for-emergencies" : "open" };
  });
}

/** Lets whoever makes this request go to the provider to have their account connected. @throws AppError unauthenticated | step_up_required */
export async function askToConnect(): Promise<void> {
  await requireFreshFactor(await requireSession(), new Date());
}
