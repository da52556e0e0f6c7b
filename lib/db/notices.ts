import { type Notice, noticeSchema } from "@/lib/core/approval/schema";
import type { Permission } from "@/lib/core/authz/policy";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** A notice as one person sees it. */
export type NoticeRecord = {
  readonly id: string;
  readonly at: Date;
  readonly notice: Notice;
  readonly isSeen: boolean;
};

/** Tells everybody who holds the permission. */
export async function insertNotice(
  tx: Transaction,
  telling: { readonly permission: Permission; readonly notice: Notice; readonly now: Date },
): Promise<void> {
  const { kind, detail } = telling.notice;
  await tx.notice.create({ data: { permission: telling.permission, kind, detail, at: telling.now } });
}

type Ask = { readonly permission: Permission; readonly userId: string };

/** The newest notices for holders of a permission, and which of them this person has seen. */
export async function listNotices(ask: Ask & { readonly limit: number }): Promise<readonly NoticeRecord[]> {
  const rows = await database().prisma.notice.findMany({
    where: { permission: ask.permission },
    orderBy: { at: "desc" },
    take: ask.limit,
    include: { seen: { where: { userId: ask.userId }, select: { userId: true } } },
  });
  return rows.flatMap(({ id, at, kind, detail, seen }) => {
    const notice = noticeSchema.safeParse({ kind, detail });
    return notice.success ? [{ id, at, notice: notice.data, isSeen: seen.length > 0 }] : [];
  });
}

export async function countUnseen(ask: Ask): Promise<number> {
  return database().prisma.notice.count({
    where: { permission: ask.permission, seen: { none: { userId: ask.userId } } },
  });
}

/** Marks all as seen by a person. Answers with how many were new to them. */
export async function markSeen(tx: Transaction, ask: Ask & { readonly now: Date }): Promise<number> {
  const { permission, userId, now } = ask;
  const unseen = await tx.notice.findMany({
    where: { permission, seen: { none: { userId } } },
    select: { id: true },
  });
  const { count } = await tx.noticeSeen.createMany({
    data: unseen.map(({ id }) => ({ noticeId: id, userId, at: now })),
    skipDuplicates: true,
  });
  return count;
}
