import type { Grant } from "@/lib/core/authz/role";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** Gives a person a role. False when they hold it there already. */
export async function insertGrant(
  tx: Transaction,
  given: {
    readonly userId: string;
    readonly grant: Grant;
    readonly by: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { userId, grant, by, now } = given;
  const { count } = await tx.roleGrant.createMany({
    data: [{ userId, role: grant.role, department: grant.department ?? null, grantedBy: by, grantedAt: now }],
    skipDuplicates: true,
  });
  return count > 0;
}

/** Takes a role away. False when the person did not hold it there. */
export async function deleteGrant(
  tx: Transaction,
  taken: { readonly userId: string; readonly grant: Grant },
): Promise<boolean> {
  const { count } = await tx.roleGrant.deleteMany({
    where: { userId: taken.userId, role: taken.grant.role, department: taken.grant.department ?? null },
  });
  return count > 0;
}

/** The departments that interfaces belong to, by name. */
export async function listDepartments(): Promise<readonly string[]> {
  const rows = await database().prisma.interface.findMany({
    where: { removedAt: null, department: { not: null } },
    distinct: ["department"],
    orderBy: { department: "asc" },
    select: { department: true },
  });
  return rows.flatMap(({ department }) => department ?? []);
}
