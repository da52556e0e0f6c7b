import { approvalKinds, grantOf, subjectOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { isSameGrant } from "@/lib/core/authz/role";
import { daysKept } from "@/lib/core/retention/periods";
import { findPerson } from "@/lib/db/people";
import { lockReplay } from "@/lib/db/replays";
import { readPeriods } from "@/lib/db/retention-periods";
import { listGroupRoles } from "@/lib/db/sso";
import type { Transaction } from "@/lib/db/transaction";

/** Why a request could not be asked for any more, so that nothing is done on approval; undefined when it still could. */
export async function whyVoid(ask: {
  readonly tx: Transaction;
  readonly act: ApprovalAct;
  /** Who asked, as they are now; undefined when their account can no longer act. */
  readonly asker: Actor | undefined;
}): Promise<string | undefined> {
  const { tx, act, asker } = ask;
  if (asker === undefined || !can(asker, approvalKinds[act.kind].requires)) {
    return "Whoever asked for this has lost the right to ask since.";
  }
  const subjectId = subjectOf(act);
  const subject = subjectId === undefined ? undefined : await findPerson(tx, subjectId);
  if (subjectId !== undefined && (subject === undefined || subject.disabledAt !== undefined)) {
    return "The account is disabled or gone.";
  }
  switch (act.kind) {
    case "grant-role":
      return subject?.grants.some((held) => isSameGrant(held, grantOf(act.payload)))
        ? "The person holds this role already."
        : undefined;
    case "map-group": {
      const { group, role, department } = act.payload;
      const isMapped = (await listGroupRoles(tx)).some(
        (one) => one.group === group && one.role === role && one.department === department,
      );
      return isMapped ? "The group stands for this role already." : undefined;
    }
    case "change-retention": {
      const { record, before } = act.payload;
      return daysKept(record, await readPeriods()) === before
        ? undefined
        : "The period has been changed since.";
    }
    case "run-replay": {
      const run = await lockReplay(tx, { id: act.payload.replayId, reach: "all" });
      return run?.state === "waiting" ? undefined : "The replay no longer waits.";
    }
    case "reset-factors":
      return undefined;
  }
}
