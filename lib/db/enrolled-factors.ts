import { database } from "./client";

/** Who has an authenticator app or a passkey, by user id. */
export async function readEnrolled(): Promise<ReadonlySet<string>> {
  const { prisma } = database();
  const [apps, passkeys] = await Promise.all([
    prisma.totpFactor.findMany({ select: { userId: true } }),
    prisma.passkey.findMany({ select: { userId: true }, distinct: ["userId"] }),
  ]);
  return new Set([...apps, ...passkeys].map(({ userId }) => userId));
}
