import { database } from "./client";
import type { Transaction } from "./transaction";
import { type Account, accountOf, withGrants } from "./users";

/** Somebody who decides for an approver, from one instant to another. */
export type Deputy = {
  readonly id: string;
  readonly approver: { readonly id: string; readonly name: string };
  readonly deputy: { readonly id: string; readonly name: string };
  readonly fromAt: Date;
  readonly untilAt: Date;
};

const names = {
  approver: { select: { id: true, name: true } },
  deputy: { select: { id: true, name: true } },
} as const;

const live = (now: Date) => ({ endedAt: null, fromAt: { lte: now }, untilAt: { gt: now } });

/** Names somebody as the only deputy of an approver: whoever was one before is no longer. */
export async function insertDeputy(
  tx: Transaction,
  naming: {
    readonly approverId: string;
    readonly deputyId: string;
    readonly untilAt: Date;
    readonly now: Date;
  },
): Promise<string> {
  const { approverId, deputyId, untilAt, now } = naming;
  await endDeputiesOf(tx, { approverId, now });
  const row = await tx.approvalDeputy.create({
    data: { approverId, deputyId, fromAt: now, untilAt },
    select: { id: true },
  });
  return row.id;
}

/** Answers how many there were. */
export async function endDeputiesOf(
  tx: Transaction,
  whose: { readonly approverId: string; readonly now: Date },
): Promise<number> {
  const { count } = await tx.approvalDeputy.updateMany({
    where: { approverId: whose.approverId, ...live(whose.now) },
    data: { endedAt: whose.now },
  });
  return count;
}

/** Who has named somebody a deputy that they are now, as far as they may still act themselves. */
export async function listApproversOf(deputyId: string, now: Date): Promise<readonly Account[]> {
  const rows = await database().prisma.approvalDeputy.findMany({
    where: { deputyId, ...live(now), approver: { disabledAt: null } },
    orderBy: { fromAt: "asc" },
    include: { approver: { include: withGrants } },
  });
  return rows.map(({ approver }) => accountOf(approver));
}

/** Every deputy that there is now. */
export async function listDeputies(now: Date): Promise<readonly Deputy[]> {
  return database().prisma.approvalDeputy.findMany({
    where: live(now),
    orderBy: { untilAt: "asc" },
    select: { id: true, fromAt: true, untilAt: true, ...names },
  });
}
