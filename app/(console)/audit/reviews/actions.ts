"use server";
import { action } from "@/lib/http/action";
import { judgeLine } from "@/lib/services/audit-reviews/judge-line";
import { openReview } from "@/lib/services/audit-reviews/open-review";
import { removeAccess } from "@/lib/services/audit-reviews/remove-access";
import { signReview } from "@/lib/services/audit-reviews/sign-review";

export async function open(input: unknown) {
  return action(openReview)(input);
}
export async function judge(input: unknown) {
  return action(judgeLine)(input);
}
export async function remove(input: unknown) {
  return action(removeAccess)(input);
}
export async function sign(input: unknown) {
  return action(signReview)(input);
}
