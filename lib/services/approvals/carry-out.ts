import { grantOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { roleFacts } from "@/lib/core/authz/role";
import { AppError } from "@/lib/core/errors";
import { insertNotice } from "@/lib/db/notices";
import { insertGrant } from "@/lib/db/role-grants";
import type { Transaction } from "@/lib/db/transaction";

type Order = {
  readonly tx: Transaction;
  readonly act: ApprovalAct;
  readonly requester: Actor;
  /** Who approved; undefined where one person alone acts. */
  readonly approvedBy: string | undefined;
  readonly now: Date;
};

/** Does what was asked for, in the transaction of the decision, and tells those who watch over rights. @throws AppError conflict */
export async function carryOut(order: Order): Promise<void> {
  switch (order.act.kind) {
    case "grant-role":
      return giveRole(order);
  }
}

async function giveRole({ tx, act, requester, approvedBy, now }: Order): Promise<void> {
  const { userId, role } = act.payload;
  const by = actorId(requester);
  if (!(await insertGrant(tx, { userId, grant: grantOf(act.payload), by, now }))) {
    throw new AppError("conflict", "This person holds this role there already.");
  }
  if (!roleFacts[role].disclosesPatientData) return;
  const detail = { ...act.payload, grantedBy: by, approvedBy: approvedBy ?? null };
  await insertNotice(tx, { permission: "approval.read", notice: { kind: "role-granted", detail }, now });
}
