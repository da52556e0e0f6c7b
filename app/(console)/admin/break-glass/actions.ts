"use server";
import { action } from "@/lib/http/action";
import { breakGlass } from "@/lib/services/disclosure/break-glass";
import { endBreakGlass } from "@/lib/services/disclosure/end-break-glass";
import { judgeBreakGlass } from "@/lib/services/disclosure/judge-break-glass";

export async function breakTheGlass(input: unknown) {
  return action(breakGlass)(input);
}
export async function endEmergency() {
  return action(endBreakGlass)({});
}
export async function judge(input: unknown) {
  return action(judgeBreakGlass)(input);
}
