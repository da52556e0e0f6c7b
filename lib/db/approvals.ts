import {
  type ApprovalAct,
  type ApprovalOutcome,
  approvalActSchema,
  approvalOutcomeSchema,
} from "@/lib/core/approval/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** A request for an act that takes two people. */
export type Approval = {
  readonly id: string;
  /** Undefined when this release does not know the kind, or its payload is not what it should be. */
  readonly act: ApprovalAct | undefined;
  readonly requester: PersonName;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly escalatedAt: Date | undefined;
  /** Undefined while it waits. */
  readonly outcome: ApprovalOutcome | undefined;
  readonly decidedBy: PersonName | undefined;
  /** Whose deputy the decider was; undefined for somebody who decided in their own right. */
  readonly decidedFor: PersonName | undefined;
  readonly decidedAt: Date | undefined;
  readonly reason: string | undefined;
};
export type PersonName = { readonly id: string; readonly name: string };

const people = {
  requester: { select: { id: true, name: true } },
  decidedBy: { select: { id: true, name: true } },
  decidedFor: { select: { id: true, name: true } },
} as const;

export async function insertApproval(
  tx: Transaction,
  request: {
    readonly act: ApprovalAct;
    readonly requesterId: string;
    readonly now: Date;
    readonly expiresAt: Date;
  },
): Promise<string> {
  const { act, requesterId, now, expiresAt } = request;
  const row = await tx.approval.create({
    data: { kind: act.kind, payload: act.payload, requesterId, requestedAt: now, expiresAt },
    select: { id: true },
  });
  return row.id;
}

/** Whether the same act waits already. */
export async function isAsked(tx: Transaction, { kind, payload }: ApprovalAct): Promise<boolean> {
  return (await tx.approval.count({ where: { kind, payload: { equals: payload }, outcome: null } })) > 0;
}

/** A request, locked to the end of the transaction: of two people who decide at once, one is first. */
export async function lockApproval(tx: Transaction, id: string): Promise<Approval | undefined> {
  await tx.$executeRaw`SELECT FROM public.approval WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.approval.findUnique({ where: { id }, include: people });
  return row === null ? undefined : approvalOf(row);
}

export async function settleApproval(
  tx: Transaction,
  end: {
    readonly id: string;
    readonly outcome: ApprovalOutcome;
    readonly decidedById: string | undefined;
    readonly decidedForId?: string | undefined;
    readonly reason: string;
    readonly now: Date;
  },
): Promise<void> {
  await tx.approval.update({
    where: { id: end.id },
    data: {
      outcome: end.outcome,
      decidedById: end.decidedById ?? null,
      decidedForId: end.decidedForId ?? null,
      decidedAt: end.now,
      reason: end.reason === "" ? null : end.reason,
    },
  });
}

export async function escalateApproval(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.approval.updateMany({ where: { id, outcome: null }, data: { escalatedAt: now } });
}

/** Requests that wait, the one that ends first in front. */
export async function listWaiting(): Promise<readonly Approval[]> {
  const rows = await database().prisma.approval.findMany({
    where: { outcome: null },
    orderBy: { expiresAt: "asc" },
    include: people,
  });
  return rows.map(approvalOf);
}

/** What became of requests, newest first. */
export async function listDecided(limit: number): Promise<readonly Approval[]> {
  const rows = await database().prisma.approval.findMany({
    where: { outcome: { not: null } },
    orderBy: { decidedAt: "desc" },
    take: limit,
    include: people,
  });
  return rows.map(approvalOf);
}

type Row = {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly requester: PersonName;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly escalatedAt: Date | null;
  readonly outcome: string | null;
  readonly decidedBy: PersonName | null;
  readonly decidedFor: PersonName | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
};

function approvalOf({ kind, payload, ...row }: Row): Approval {
  const act = approvalActSchema.safeParse({ kind, payload });
  return {
    id: row.id,
    act: act.success ? act.data : undefined,
    requester: row.requester,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    escalatedAt: row.escalatedAt ?? undefined,
    outcome: row.outcome === null ? undefined : approvalOutcomeSchema.parse(row.outcome),
    decidedBy: row.decidedBy ?? undefined,
    decidedFor: row.decidedFor ?? undefined,
    decidedAt: row.decidedAt ?? undefined,
    reason: row.reason ?? undefined,
  };
}
