import { database } from "./client";

/** When each user last signed in, by user id; somebody who never did is missing. */
export async function readLastSignIns(): Promise<ReadonlyMap<string, Date>> {
  const rows = await database().prisma.session.groupBy({ by: ["userId"], _max: { createdAt: true } });
  return new Map(
    rows.flatMap(({ userId, _max }) => (_max.createdAt === null ? [] : [[userId, _max.createdAt] as const])),
  );
}
