import { subjectOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import type { CommandContext } from "@/lib/services/command";
import { askForApproval, hasSecondPerson } from "./ask-for-approval";
import { carryOut } from "./carry-out";

/** What came of it: it is done, or a second person is asked. */
export type AskedOrDone =
  | { readonly kind: "done"; readonly isByOneAlone: boolean }
  | { readonly kind: "asked"; readonly approvalId: string };

/**
 * Puts an act that takes two before a second person. Where there is none who could decide, or it takes one alone, it is
 * done at once, and told of as done by one alone. @throws AppError conflict
 */
export async function askOrDo(
  { tx, actor, now }: Pick<CommandContext<unknown>, "tx" | "actor" | "now">,
  act: ApprovalAct,
  takesTwo: boolean,
): Promise<AskedOrDone> {
  if (takesTwo && actor.kind === "user") {
    const involved = [actor.id, ...[subjectOf(act) ?? []].flat()];
    if (await hasSecondPerson(tx, { kind: act.kind, involved })) {
      return { kind: "asked", approvalId: await askForApproval(tx, { act, requesterId: actor.id, now }) };
    }
  }
  await carryOut({ tx, act, now, requester: actor, approvedBy: undefined });
  return { kind: "done", isByOneAlone: takesTwo };
}
