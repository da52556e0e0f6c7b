import { database } from "./client";

/** Who has an authenticator app, by user id. */
export async function readEnrolled(): Promise<ReadonlySet<string>> {
  const rows = await database().prisma.totpFactor.findMany({ select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}
