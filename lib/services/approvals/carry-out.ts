import { grantOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { roleFacts } from "@/lib/core/authz/role";
import { AppError } from "@/lib/core/errors";
import { stepRun } from "@/lib/core/replay/states";
import { periodKey } from "@/lib/core/retention/periods";
import { insertNotice } from "@/lib/db/notices";
import { lockReplay, moveReplay } from "@/lib/db/replays";
import { insertGrant } from "@/lib/db/role-grants";
import { forgetPersonAttempts } from "@/lib/db/second-factor-throttle";
import { deleteFactors } from "@/lib/db/second-factors";
import { endSessionsOf } from "@/lib/db/sessions";
import { putSetting } from "@/lib/db/settings";
import { insertGroupRole } from "@/lib/db/sso";
import type { Transaction } from "@/lib/db/transaction";

type Act<Kind extends ApprovalAct["kind"]> = Extract<ApprovalAct, { kind: Kind }>["payload"];

type Order = {
  readonly tx: Transaction;
  readonly requester: Actor;
  /** Who approved; undefined where one person alone acts. */
  readonly approvedBy: string | undefined;
  readonly now: Date;
};

/** Does what was asked for, in the transaction of the decision, and tells those who watch over rights. @throws AppError conflict */
export async function carryOut({ act, ...order }: Order & { readonly act: ApprovalAct }): Promise<void> {
  switch (act.kind) {
    case "grant-role":
      return giveRole(order, act.payload);
    case "map-group":
      return mapGroupTo(order, act.payload);
    case "change-retention":
      return keepFor(order, act.payload);
    case "run-replay":
      return letReplayRun(order, act.payload);
    case "reset-factors":
      return takeFactors(order, act.payload);
  }
}

async function giveRole(order: Order, payload: Act<"grant-role">): Promise<void> {
  const { tx, now } = order;
  const { userId, role } = payload;
  const by = actorId(order.requester);
  if (!(await insertGrant(tx, { userId, grant: grantOf(payload), by, now }))) {
    throw new AppError("conflict", "This person holds this role there already.");
  }
  if (!roleFacts[role].disclosesPatientData) return;
  const detail = { ...payload, grantedBy: by, approvedBy: order.approvedBy ?? null };
  await insertNotice(tx, { permission: "approval.read", notice: { kind: "role-granted", detail }, now });
}

async function mapGroupTo(order: Order, payload: Act<"map-group">): Promise<void> {
  const { tx, now } = order;
  const by = actorId(order.requester);
  if (!(await insertGroupRole(tx, { ...payload, by, now }))) {
    throw new AppError("conflict", "This group stands for this role there already.");
  }
  if (!roleFacts[payload.role].disclosesPatientData) return;
  const detail = { ...payload, mappedBy: by, approvedBy: order.approvedBy ?? null };
  await insertNotice(tx, { permission: "approval.read", notice: { kind: "group-mapped", detail }, now });
}

async function keepFor(order: Order, payload: Act<"change-retention">): Promise<void> {
  const { tx, now, approvedBy } = order;
  if (approvedBy === undefined) throw new AppError("conflict", "This takes two people.");
  await putSetting(tx, { key: periodKey(payload.record), value: payload.days, now });
  const detail = { ...payload, requestedBy: actorId(order.requester), approvedBy };
  await insertNotice(tx, { permission: "approval.read", notice: { kind: "retention-changed", detail }, now });
}

/** It then waits to be started by whoever asked. */
async function letReplayRun({ tx, approvedBy }: Order, { replayId }: Act<"run-replay">): Promise<void> {
  if (approvedBy === undefined) throw new AppError("conflict", "This takes two people.");
  const run = await lockReplay(tx, { id: replayId, reach: "all" });
  const state = run && stepRun(run.state, "approve");
  if (state === undefined) throw new AppError("conflict", "The replay no longer waits.");
  await moveReplay(tx, { id: replayId, state });
}

async function takeFactors(order: Order, { userId }: Act<"reset-factors">): Promise<void> {
  const { tx, now, approvedBy } = order;
  if (approvedBy === undefined) throw new AppError("conflict", "This takes two people.");
  await deleteFactors(tx, userId);
  await endSessionsOf(tx, { userId, now });
  await forgetPersonAttempts(userId);
  const detail = { userId, requestedBy: actorId(order.requester), approvedBy };
  await insertNotice(tx, { permission: "approval.read", notice: { kind: "factors-reset", detail }, now });
}
