"use server";
import { action } from "@/lib/http/action";
import { mapGroup, unmapGroup } from "@/lib/services/sso/map-group";
import { reviewEmergency } from "@/lib/services/sso/review-emergency";

export async function map(input: unknown) {
  return action(mapGroup)(input);
}
export async function unmap(input: unknown) {
  return action(unmapGroup)(input);
}
export async function review(input: unknown) {
  return action(reviewEmergency)(input);
}
