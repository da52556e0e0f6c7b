"use server";
import { action } from "@/lib/http/action";
import { markEmergency } from "@/lib/services/sso/mark-emergency";
import { askToResetFactors } from "@/lib/services/users/ask-to-reset-factors";
import { disablePerson } from "@/lib/services/users/disable-person";
import { enablePerson } from "@/lib/services/users/enable-person";
import { grantRole } from "@/lib/services/users/grant-role";
import { invitePerson } from "@/lib/services/users/invite-person";
import { renewInvitation } from "@/lib/services/users/renew-invitation";
import { takeRole } from "@/lib/services/users/take-role";

export async function invite(input: unknown) {
  return action(invitePerson)(input);
}
export async function inviteAgain(input: unknown) {
  return action(renewInvitation)(input);
}
export async function disable(input: unknown) {
  return action(disablePerson)(input);
}
export async function enable(input: unknown) {
  return action(enablePerson)(input);
}
export async function grant(input: unknown) {
  return action(grantRole)(input);
}
export async function resetFactorsOf(input: unknown) {
  return action(askToResetFactors)(input);
}
export async function keepForEmergencies(input: unknown) {
  return action(markEmergency)(input);
}
export async function take(input: unknown) {
  return action(takeRole)(input);
}
