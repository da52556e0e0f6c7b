import { database } from "./client";
import type { Transaction } from "./transaction";

/** A use of an emergency account, and what came of looking into it. */
export type EmergencyUse = {
  readonly id: string;
  readonly userId: string;
  readonly at: Date;
  readonly address: string | undefined;
  /** Undefined until somebody else has looked into it. */
  readonly review: { readonly by: string; readonly at: Date; readonly text: string } | undefined;
};

export async function isEmergencyAccount(tx: Transaction, userId: string): Promise<boolean> {
  return (await tx.emergencyAccount.count({ where: { userId } })) > 0;
}

/** Who is kept for emergencies, by user id. */
export async function listEmergencyAccounts(): Promise<ReadonlySet<string>> {
  const rows = await database().prisma.emergencyAccount.findMany({ select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}

/** False when it is one already. */
export async function insertEmergencyAccount(
  tx: Transaction,
  mark: { readonly userId: string; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.emergencyAccount.createMany({
    data: [{ userId: mark.userId, markedBy: mark.by, markedAt: mark.now }],
    skipDuplicates: true,
  });
  return count > 0;
}

/** False when it was none. */
export async function deleteEmergencyAccount(tx: Transaction, userId: string): Promise<boolean> {
  const { count } = await tx.emergencyAccount.deleteMany({ where: { userId } });
  return count > 0;
}

export async function insertEmergencyUse(
  tx: Transaction,
  use: { readonly userId: string; readonly address: string | undefined; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signal.emergency_use (user_id, at, address) VALUES (${use.userId}::uuid, ${use.now}, ${use.address ?? null})`;
}

type Row = {
  readonly id: string;
  readonly user_id: string;
  readonly at: Date;
  readonly address: string | null;
  readonly reviewed_by: string | null;
  readonly reviewed_at: Date | null;
  readonly review_text: string | null;
};

/** The newest uses, those that nobody has looked into in front. */
export async function listEmergencyUses(limit: number): Promise<readonly EmergencyUse[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT id, user_id, at, address, reviewed_by, reviewed_at, review_text FROM signal.emergency_use
     ORDER BY reviewed_at IS NOT NULL, at DESC LIMIT $1`,
    [limit],
  );
  return rows.map(recordOf);
}

export async function findEmergencyUse(tx: Transaction, id: string): Promise<EmergencyUse | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT id, user_id, at, address, reviewed_by, reviewed_at, review_text FROM signal.emergency_use
    WHERE id = ${id}::uuid FOR UPDATE`;
  return row && recordOf(row);
}

export async function reviewEmergencyUse(
  tx: Transaction,
  review: { readonly id: string; readonly by: string; readonly text: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.emergency_use SET reviewed_by = ${review.by}::uuid, reviewed_at = ${review.now}, review_text = ${review.text}
    WHERE id = ${review.id}::uuid`;
}

/** How many uses nobody has looked into, and when the newest of them was. Index emergency_use_to_review. */
export async function countUnreviewedUses(): Promise<{
  readonly count: number;
  readonly newest: Date | undefined;
}> {
  const { rows } = await database().pool.query<{ count: number; newest: Date | null }>(
    "SELECT count(*)::int AS count, max(at) AS newest FROM signal.emergency_use WHERE reviewed_at IS NULL",
  );
  return { count: rows[0]?.count ?? 0, newest: rows[0]?.newest ?? undefined };
}

function recordOf(row: Row): EmergencyUse {
  const { reviewed_by: by, reviewed_at: at, review_text: text } = row;
  return {
    id: row.id,
    userId: row.user_id,
    at: row.at,
    address: row.address ?? undefined,
    review: by === null || at === null || text === null ? undefined : { by, at, text },
  };
}
