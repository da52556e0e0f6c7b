import { database } from "./client";
import type { Transaction } from "./transaction";

/** The password hash of a user; undefined when there is no such user. */
export async function findPasswordHash(userId: string): Promise<string | undefined> {
  const row = await database().prisma.user.findUnique({
    where: { id: userId },
    select: { passwordHash: true },
  });
  return row?.passwordHash;
}

/** Gives a user another password. */
export async function updatePasswordHash(
  tx: Transaction,
  change: { readonly userId: string; readonly passwordHash: string },
): Promise<void> {
  await tx.user.update({ where: { id: change.userId }, data: { passwordHash: change.passwordHash } });
}
