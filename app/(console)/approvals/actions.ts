"use server";
import { action } from "@/lib/http/action";
import { approve } from "@/lib/services/approvals/approve";
import { decline } from "@/lib/services/approvals/decline";
import { markNoticesSeen } from "@/lib/services/approvals/mark-notices-seen";
import { endDeputy, nameDeputy } from "@/lib/services/approvals/name-deputy";
import { withdraw } from "@/lib/services/approvals/withdraw";

export async function approveRequest(input: unknown) {
  return action(approve)(input);
}
export async function declineRequest(input: unknown) {
  return action(decline)(input);
}
export async function withdrawRequest(input: unknown) {
  return action(withdraw)(input);
}
export async function nameMyDeputy(input: unknown) {
  return action(nameDeputy)(input);
}
export async function endMyDeputy() {
  return action(endDeputy)({});
}
export async function markSeen() {
  return action(markNoticesSeen)({});
}
