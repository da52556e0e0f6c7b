import { z } from "zod";
import { approvalKindNames, approvalKinds, describeAct, isDecider } from "@/lib/core/approval/kinds";
import { noticeSentence } from "@/lib/core/approval/notice-sentence";
import type { ApprovalOutcome } from "@/lib/core/approval/schema";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { type Approval, listDecided, listWaiting } from "@/lib/db/approvals";
import { type Deputy, listApproversOf, listDeputies } from "@/lib/db/deputies";
import { listNotices, type NoticeRecord } from "@/lib/db/notices";
import { type Account, listAccounts } from "@/lib/db/users";
import { query } from "@/lib/services/query";
import { standingOf } from "./waiting-approval";

/** A request as a person sees it. */
export type RequestView = {
  readonly id: string;
  readonly title: string;
  /** What exactly happens on approval. */
  readonly sentences: readonly string[];
  readonly requester: string;
  readonly isOwn: boolean;
  /** Why this person may not decide; undefined when they may. */
  readonly whyNot: string | undefined;
  /** Whose deputy this person would decide as. */
  readonly asDeputyOf: string | undefined;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly isEscalated: boolean;
  readonly outcome: ApprovalOutcome | undefined;
  readonly decidedBy: string | undefined;
  readonly decidedFor: string | undefined;
  readonly decidedAt: Date | undefined;
  readonly reason: string | undefined;
};

/** Something to know of, in one sentence. */
export type NoticeView = {
  readonly id: string;
  readonly at: Date;
  readonly sentence: string;
  readonly isSeen: boolean;
};

export type Inbox = {
  readonly waiting: readonly RequestView[];
  readonly decided: readonly RequestView[];
  readonly notices: readonly NoticeView[];
  /** Who decides for whom now. */
  readonly deputies: readonly Deputy[];
  /** Whom this person could name; empty for whoever decides on nothing themselves. */
  readonly candidates: readonly { readonly id: string; readonly name: string }[];
  /** Kinds of act on which fewer than two people could decide. */
  readonly shortKinds: readonly string[];
};

const KEPT = 100;

/** What waits for a second person, what became of earlier requests, what there is to know of. @throws AppError forbidden */
export const readInbox = query({
  permission: "approval.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ actor, now }): Promise<Inbox> => {
    const [waiting, decided, notices, accounts, approvers, deputies] = await Promise.all([
      listWaiting(),
      listDecided(KEPT),
      listNotices({ permission: "approval.read", userId: actorId(actor), limit: KEPT }),
      listAccounts(),
      listApproversOf(actorId(actor), now),
      listDeputies(now),
    ]);
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    const nameOf = (id: string) => names.get(id) ?? "Somebody who is gone";
    const view = (request: Approval) => viewOf({ request, actor, nameOf, approvers });
    return {
      waiting: waiting.filter(({ expiresAt }) => expiresAt > now).flatMap(view),
      decided: decided.flatMap(view),
      notices: notices.map((one) => noticeView(one, nameOf)),
      deputies,
      candidates: can(actor, "role.approve") ? candidatesFor(actor, accounts) : [],
      shortKinds: kindsShortOf(accounts),
    };
  },
});

const canAct = ({ disabledAt, joinedAt }: Account) => disabledAt === undefined && joinedAt !== undefined;

function candidatesFor(actor: Actor, accounts: readonly Account[]): Inbox["candidates"] {
  return accounts
    .filter((account) => canAct(account) && account.id !== actorId(actor))
    .map(({ id, name }) => ({ id, name }));
}

function kindsShortOf(accounts: readonly Account[]): readonly string[] {
  return approvalKindNames
    .filter((kind) => accounts.filter((one) => canAct(one) && isDecider(kind, one.grants)).length < 2)
    .map((kind) => approvalKinds[kind].title);
}

type Names = (userId: string) => string;

function viewOf(ask: {
  readonly request: Approval;
  readonly actor: Actor;
  readonly nameOf: Names;
  readonly approvers: readonly Account[];
}): readonly RequestView[] {
  const { request, actor, nameOf } = ask;
  const { act, requester } = request;
  if (act === undefined) return [];
  const standing = standingOf(actor, { act, requester }, ask.approvers);
  return [
    {
      id: request.id,
      title: approvalKinds[act.kind].title,
      sentences: describeAct(act, nameOf),
      requester: requester.name,
      isOwn: requester.id === actorId(actor),
      whyNot: standing.kind === "none" ? standing.why : undefined,
      asDeputyOf: standing.kind === "deputy" ? standing.for.name : undefined,
      requestedAt: request.requestedAt,
      expiresAt: request.expiresAt,
      isEscalated: request.escalatedAt !== undefined,
      outcome: request.outcome,
      decidedBy: request.decidedBy?.name,
      decidedFor: request.decidedFor?.name,
      decidedAt: request.decidedAt,
      reason: request.reason,
    },
  ];
}

function noticeView({ id, at, notice, isSeen }: NoticeRecord, nameOf: Names): NoticeView {
  return { id, at, sentence: noticeSentence(notice, nameOf), isSeen };
}
