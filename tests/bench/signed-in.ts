import { encode } from "next-auth/jwt";
import { authSecret, sessionCookieName } from "@/lib/auth/options";
import { startSession } from "@/lib/auth/session";
import { database } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { insertFirstUser, listAccounts } from "@/lib/db/users";

/** A Cookie header of a signed-in administrator, who is made where there is nobody yet. Nobody can sign in as them. */
export async function signedInCookie(now: Date): Promise<string> {
  await inTransaction((tx) =>
    insertFirstUser(tx, { email: "bench@example.org", name: "Benchmark", passwordHash: "none" }),
  );
  const [account] = await listAccounts();
  if (account === undefined) throw new Error("The administrator was not made.");
  const token = await startSession({ account, now, userAgent: "benchmark", address: undefined });
  // As if a second factor had been proved: without one, no page is made.
  await database().prisma.session.updateMany({ data: { mfaPassedAt: now, mfaKind: "totp" } });
  const jwt = await encode({ token: { sid: token }, secret: authSecret() });
  return `${sessionCookieName()}=${jwt}`;
}
